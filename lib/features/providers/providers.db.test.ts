import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Actor, PersonActor } from '../../kernel/actor.ts'
import { superuserSql } from '../../testing/database.ts'
import { deliver, knock } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { expectRefused, someText } from '../../testing/refused.ts'
import { addProvider, disableProvider, enableProvider, listProviders, renameProvider, rotateSecret } from './index.ts'
import { entriesOf, listed, roomy, rowOf, secret } from './providers.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

const unchecked = { checked_at: null, agrees: 0, differs: 0, absent: 0 }

describe('a new provider', () => {
  test.each([
    ['retell', { secret }, 'signed', null, ['US']],
    ['twilio', { secret, settings: { region: 'ie1' } }, 'signed', null, ['IE']],
    ['africastalking', { settings: { numbers: ['+254711082100'] } }, 'unsigned', unchecked, ['KE']],
  ])(
    'of kind %s says what it is, how far it can be trusted and where it works',
    async (kind, more, authenticity, reconciliation, countries) => {
      const added = await runAs(addProvider, roomy(org.owner.actor), { kind, name: 'Front desk', ...more })
      expect(added.path).toMatch(new RegExp(`^/api/hooks/${kind}/[A-Za-z0-9_-]{43}$`))
      expect(added.address).toBe(`https://localhost:8443${added.path}`)
      expect(added.secret).toBeNull()
      expect(await listed(org.owner.actor, added.id)).toMatchObject({
        kind,
        name: 'Front desk',
        environment: 'live',
        authenticity,
        reconciliation,
        countries,
        address: added.address,
        is_disabled: false,
        last_event_at: null,
        accepted: 0,
        rejected: 0,
        rejections: [],
      })
    },
  )

  test('whose user may choose the secret is given one, once', async () => {
    const added = await runAs(addProvider, roomy(org.owner.actor), {
      kind: 'vapi',
      name: 'Front desk',
      settings: { mode: 'bearer' },
    })
    expect(added.secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const say = (authorization: string) =>
      deliver(added.path, '{"message":{"type":"hang"}}', { 'content-type': 'application/json', authorization })
    expect((await say(`Bearer ${added.secret}`)).status).toBe(200)
    await expectRefused(say('Bearer another'), 401, 'invalid_signature')
    const row = await listed(org.owner.actor, added.id)
    expect(row).toMatchObject({ authenticity: 'shared_secret', reconciliation: null, countries: ['US'] })
    expect(JSON.stringify(row)).not.toContain(added.secret)
    const next = await runAs(rotateSecret, org.owner.actor, { id: added.id })
    expect((await say(`Bearer ${next.secret}`)).status).toBe(200)
  })

  test('that nothing signs is called so in words', async () => {
    const { id } = await testProvider(org.id, { kind: 'africastalking', secret: null })
    const { authenticity_words: words } = (await listed(org.owner.actor, id)) ?? {}
    expect(words).toMatch(/^Not signed/)
    expect(words).toMatch(/against the provider’s own log/)
  })

  test.each<[string, object, string]>([
    ['retell', {}, 'secret'],
    ['twilio', {}, 'secret'],
    ['twilio', { secret: 'short' }, 'secret'],
    ['africastalking', { secret }, 'secret'],
    ['twilio', { secret, settings: { region: 'moon' } }, 'settings.region'],
    ['twilio', { secret, settings: { auth_token: 'x' } }, 'settings.auth_token'],
    ['retell', { secret, settings: { any: 1 } }, 'settings.any'],
    ['africastalking', { settings: { numbers: ['0711'] } }, 'settings.numbers.0'],
    ['retell', { secret, settings: { big: 'x'.repeat(20_001) } }, 'settings'],
    ['bland', { secret }, 'kind'],
    ['__proto__', { secret }, 'kind'],
    ['retell', { secret, name: ' ' }, 'name'],
  ])('of kind %s with %j is refused by the name of the field', async (kind, more, field) => {
    const adding = runAs(addProvider, roomy(org.owner.actor), { kind, name: 'Front desk', ...more })
    await expect(adding).rejects.toMatchObject({ code: 'invalid_input', fields: { [field]: someText } })
  })

  test('is as many as the plan holds, however many ask at once; one switched off makes room', async () => {
    const small = await testOrganisation()
    const add = () => runAs(addProvider, small.owner.actor, { kind: 'retell', name: 'One more', secret })
    const results = await Promise.allSettled([add(), add(), add(), add()])
    const [first] = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    await expect(add()).rejects.toMatchObject({ code: 'plan_limit' })
    await runAs(disableProvider, small.owner.actor, { id: first?.id })
    await add()
    await expect(runAs(enableProvider, small.owner.actor, { id: first?.id })).rejects.toMatchObject({
      code: 'plan_limit',
    })
    expect((await runAs(listProviders, small.owner.actor, {})).most).toBe(2)
  })
})

describe('what is stored of a provider', () => {
  test('holds neither secret nor address in readable form, and neither does the log', async () => {
    const { id, path, secret: theirs } = await testProvider(org.id)
    const next = 'the next secret of this hook'
    await runAs(rotateSecret, org.owner.actor, { id, secret: next })
    const token = path.split('/').at(-1) ?? ''
    const whole = JSON.stringify([await rowOf(sql, id), await entriesOf(sql, org.id, id)], (_, value: unknown) =>
      Buffer.isBuffer(value) ||
      (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer')
        ? Buffer.from(value as Buffer).toString('latin1')
        : value,
    )
    for (const hidden of [theirs, next, token]) expect(whole).not.toContain(hidden)
    expect((await rowOf(sql, id))?.['oldest_key_version']).toBe(1)
  })
})

describe('who may', () => {
  const withoutManage = (): PersonActor => ({
    ...org.admin.actor,
    membership: org.admin.actor.membership && { ...org.admin.actor.membership, toggles: { 'config.manage': 'deny' } },
  })

  test('see providers without their addresses and settings: who views config but does not manage it', async () => {
    const { id } = await testProvider(org.id, { kind: 'africastalking', secret: null })
    const page = await runAs(listProviders, withoutManage(), {})
    expect(page.may_manage).toBe(false)
    expect(page.data.find((one) => one.id === id)).toMatchObject({
      address: null,
      settings: null,
      kind: 'africastalking',
    })
    expect(JSON.stringify(page)).not.toContain('/api/hooks/')
    expect((await listed(org.admin.actor, id))?.address).toContain('/api/hooks/africastalking/')
  })

  test('do anything to one: nobody without the permission, nobody elsewhere', async () => {
    const { id, path, secret: theirs } = await testProvider(org.id)
    const elsewhere = await testOrganisation()
    const acts = [
      (actor: Actor) => runAs(renameProvider, actor, { id, name: 'x' }),
      (actor: Actor) => runAs(rotateSecret, actor, { id, secret }),
      (actor: Actor) => runAs(disableProvider, actor, { id }),
      (actor: Actor) => runAs(enableProvider, actor, { id }),
    ]
    for (const act of acts) {
      for (const actor of [org.agent.actor, withoutManage(), org.keyActor])
        await expect(act(actor)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(act(elsewhere.owner.actor)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(runAs(listProviders, org.agent.actor, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(runAs(addProvider, org.agent.actor, { kind: 'retell', name: 'x', secret })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await runAs(listProviders, elsewhere.owner.actor, {})).data).toEqual([])
    expect((await knock(path, theirs)).status).toBe(200)
  })
})

test('a name holds no phone number, made or changed', async () => {
  const wrong = { fields: { name: 'must hold no phone number' } }
  const made = { kind: 'retell', name: 'Line +2348039274651', secret }
  await expect(runAs(addProvider, roomy(org.owner.actor), made)).rejects.toMatchObject(wrong)
  const { id } = await testProvider(org.id)
  await expect(runAs(renameProvider, org.owner.actor, { id, name: '0803 927 4651' })).rejects.toMatchObject(wrong)
})

test('a row from before addresses were kept still hears, and shows none', async () => {
  const { id, path, secret: theirs } = await testProvider(org.id)
  await plant(sql, org.id, id, (tx) => tx`update provider set path_sealed = null where id = ${id}`)
  expect((await knock(path, theirs)).status).toBe(200)
  expect((await listed(org.owner.actor, id))?.address).toBeNull()
})
