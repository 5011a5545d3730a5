import { afterAll, describe, expect, test } from 'vitest'

import { setMasking } from '#lib/features/organisations/index'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { plant } from '../../testing/plant.ts'
import { createKey, findKey, listKeys, renameKey, revokeKey } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const wanted = { name: 'Billing script', environment: 'live', scopes: ['calls.view'] }

describe('API keys, as an admin runs them', () => {
  test('a key is shown once, listed by its last four, renamed and revoked, each with its entry', async () => {
    const org = await testOrganisation()
    const { id, key } = await runAs(createKey, org.admin.actor, wanted)
    expect(await findKey(key)).toMatchObject({ id, scopes: ['calls.view'] })
    await runAs(renameKey, org.admin.actor, { id, name: 'Reports' })
    const listed = await runAs(listKeys, org.admin.actor, {})
    expect(JSON.stringify(listed)).not.toContain(key.slice(0, -4))
    expect(listed.data.find((one) => one.id === id)).toMatchObject({
      name: 'Reports',
      last4: key.slice(-4),
      state: 'active',
    })
    await runAs(revokeKey, org.admin.actor, { id })
    expect(await findKey(key), 'at once, though it was looked up before').toBeNull()
    expect(await outcomeOf(runAs(revokeKey, org.admin.actor, { id }))).toBe('not_found')
    const entries = await sql<{ action: string }[]>`
      select action from audit_entry where org = ${org.id} and target = ${id} and result = 'done' order by recorded_at`
    expect(entries.map((one) => one.action)).toEqual(['api-key.created', 'api-key.renamed', 'api-key.revoked'])
  })

  test('have names that hold no phone number, made or changed', async () => {
    const org = await testOrganisation()
    const wrong = { fields: { name: 'must hold no phone number' } }
    const made = { name: 'Key of 0803 927 4651', environment: 'live', scopes: ['calls.view'] }
    await expect(runAs(createKey, org.admin.actor, made)).rejects.toMatchObject(wrong)
    const { id } = await runAs(createKey, org.admin.actor, { ...made, name: 'Key of 24 November 2026' })
    await expect(runAs(renameKey, org.admin.actor, { id, name: '+2348039274651' })).rejects.toMatchObject(wrong)
  })

  test('learn of a switch of masking at once, and other processes hear of it', async () => {
    const org = await testOrganisation()
    const heard: unknown[] = []
    const line = await sql.listen('orinode_access', (payload) => heard.push(JSON.parse(payload)))
    const masks = async () => (await findKey(org.key))?.organisation.masking
    expect(await masks()).toBe(true)
    await runAs(setMasking, org.owner.actor, { masking: false, name: org.owner.actor.organisation?.name })
    expect(await masks()).toBe(false)
    await expect.poll(() => heard).toContainEqual({ kind: 'keys', organisation: org.id })
    await line.unlisten()
  })

  test('are not an agent’s to see or make, nor another organisation’s to touch', async () => {
    const [org, other] = [await testOrganisation(), await testOrganisation()]
    expect(await outcomeOf(runAs(listKeys, org.agent.actor, {}))).toBe('forbidden')
    expect(await outcomeOf(runAs(createKey, org.agent.actor, wanted))).toBe('forbidden')
    const { id } = await runAs(createKey, other.owner.actor, wanted)
    expect(await outcomeOf(runAs(renameKey, org.owner.actor, { id, name: 'Mine' }))).toBe('not_found')
    expect(await outcomeOf(runAs(revokeKey, org.owner.actor, { id }))).toBe('not_found')
    expect((await runAs(listKeys, org.owner.actor, {})).data.map((one) => one.id)).not.toContain(id)
  })

  test('hold no more than who makes them', async () => {
    const org = await testOrganisation()
    const withoutNumbers = {
      ...org.admin.actor,
      membership: org.admin.actor.membership && {
        ...org.admin.actor.membership,
        toggles: { 'numbers.view': 'deny' as const },
      },
    }
    const withNumbers = { ...wanted, scopes: ['calls.view', 'numbers.view'] }
    expect(await outcomeOf(runAs(createKey, withoutNumbers, withNumbers))).toBe('forbidden')
    expect(await outcomeOf(runAs(createKey, org.admin.actor, withNumbers))).toBe('done')
    expect(
      await outcomeOf(runAs(createKey, org.admin.actor, { ...wanted, scopes: ['calls.view', 'calls.view'] })),
    ).toBe('invalid_input')
  })

  test('are as many as the plan holds, however many are made at once', async () => {
    const org = await testOrganisation()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => outcomeOf(runAs(createKey, org.owner.actor, wanted))),
    )
    expect(answers.toSorted()).toEqual([...Array<string>(3).fill('done'), ...Array<string>(9).fill('plan_limit')])
    expect((await runAs(listKeys, org.owner.actor, {})).data).toHaveLength(4)
  })

  test('stop where the plan is full, and one that was revoked or ran out makes room', async () => {
    const org = await testOrganisation()
    const ids: string[] = []
    for (let at = 0; at < 3; at++) ids.push((await runAs(createKey, org.owner.actor, wanted)).id)
    expect(await outcomeOf(runAs(createKey, org.owner.actor, wanted))).toBe('plan_limit')
    await runAs(revokeKey, org.owner.actor, { id: ids[0] })
    expect(await outcomeOf(runAs(createKey, org.owner.actor, wanted))).toBe('done')
    const [second = ''] = ids.slice(1)
    await plant(
      sql,
      org.id,
      second,
      (tx) => tx`update api_key set expires_at = now() - interval '1 s' where id = ${second}`,
    )
    expect(await outcomeOf(runAs(createKey, org.owner.actor, wanted))).toBe('done')
  })
})
