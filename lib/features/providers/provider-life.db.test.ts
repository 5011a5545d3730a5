import { randomUUID } from 'node:crypto'

import { Retell } from 'retell-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { asId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { deliver, deliverTwilio, knock } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { expectRefused } from '../../testing/refused.ts'
import { disableProvider, enableProvider, noteRejected, renameProvider, rotateSecret } from './index.ts'
import { entriesOf, listed, roomy, rowOf, secret } from './providers.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

describe('a rotated secret', () => {
  test('leaves the old one a day, and then it is nothing', async () => {
    const { id, path, secret: old } = await testProvider(org.id)
    const next = 'the next secret of this hook'
    const { previous_until: until } = await runAs(rotateSecret, org.owner.actor, { id, secret: ` ${next} ` })
    const hours = (Date.parse(until ?? '') - Date.now()) / 3_600_000
    expect([hours > 23.9, hours <= 24]).toEqual([true, true])
    expect((await knock(path, old)).status).toBe(200)
    expect((await knock(path, next)).status).toBe(200)
    await expectRefused(knock(path, 'neither of the two'), 401, 'invalid_signature')
    expect((await listed(org.owner.actor, id))?.previous_secret_until).toBe(until)
    await plant(sql, org.id, id, (tx) => tx`update provider set previous_secret_until = now() where id = ${id}`)
    await expectRefused(knock(path, old), 401, 'invalid_signature')
    expect((await knock(path, next)).status).toBe(200)
    expect((await listed(org.owner.actor, id))?.previous_secret_until).toBeNull()
  })

  test('that leaked ends at once when told to', async () => {
    const { id, path, secret: old } = await testProvider(org.id)
    const next = 'the next secret of this hook'
    const done = await runAs(rotateSecret, org.owner.actor, { id, secret: next, keep_previous: false })
    expect(done).toEqual({ id, secret: null, previous_until: null })
    await expectRefused(knock(path, old), 401, 'invalid_signature')
    expect((await knock(path, next)).status).toBe(200)
  })

  test('twice within a day ends the one before the last', async () => {
    const { id, path, secret: first } = await testProvider(org.id)
    for (const next of ['the second secret', 'the third secret'])
      await runAs(rotateSecret, org.owner.actor, { id, secret: next })
    await expectRefused(knock(path, first), 401, 'invalid_signature')
    expect((await knock(path, 'the second secret')).status).toBe(200)
    expect((await knock(path, 'the third secret')).status).toBe(200)
  })

  test('of Twilio covers forms the same way', async () => {
    const twilio = await testProvider(org.id, { kind: 'twilio' })
    await runAs(rotateSecret, org.owner.actor, { id: twilio.id, secret: 'the next auth token' })
    expect((await deliverTwilio(twilio, { Any: 'thing' })).status).toBe(200)
    expect((await deliverTwilio({ ...twilio, secret: 'the next auth token' }, { Any: 'thing' })).status).toBe(200)
    await expectRefused(
      deliverTwilio({ ...twilio, secret: 'another token' }, { Any: 'thing' }),
      401,
      'invalid_signature',
    )
  })

  test('is none where nothing is signed, none that is missing, and none that it is already', async () => {
    const talking = await testProvider(org.id, { kind: 'africastalking', secret: null })
    const { id, secret: mine } = await testProvider(org.id)
    const rotate = (input: object) => runAs(rotateSecret, org.owner.actor, input)
    await expect(rotate({ id: talking.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(rotate({ id: talking.id, secret })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(rotate({ id })).rejects.toMatchObject({ fields: { secret: 'is needed' } })
    await expect(rotate({ id, secret: mine })).rejects.toMatchObject({ code: 'conflict' })
    expect((await rowOf(sql, id))?.['previous_secret_sealed']).toBeNull()
  })
})

describe('switching off', () => {
  test('makes the address no address, in the words of one never given out; switching on makes it one again', async () => {
    const { id, path, secret: theirs } = await testProvider(org.id)
    await runAs(disableProvider, org.owner.actor, { id })
    await expectRefused(knock(path, theirs), 404, 'not_found')
    await expectRefused(knock(path.replace(/.{5}$/, 'AAAAA'), theirs), 404, 'not_found')
    await expect
      .poll(() => listed(org.owner.actor, id))
      .toMatchObject({ is_disabled: true, rejected: 1, rejections: [{ reason: 'disabled' }] })
    await expect(runAs(disableProvider, org.owner.actor, { id })).rejects.toMatchObject({ code: 'conflict' })
    await runAs(enableProvider, roomy(org.owner.actor), { id })
    expect((await knock(path, theirs)).status).toBe(200)
    await expect(runAs(enableProvider, org.owner.actor, { id })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('and on, renaming and rotating each leave their entry', async () => {
    const { id } = await testProvider(org.id)
    await runAs(renameProvider, org.owner.actor, { id, name: 'Night desk' })
    await runAs(rotateSecret, org.owner.actor, { id, secret })
    await runAs(disableProvider, org.owner.actor, { id })
    await runAs(enableProvider, roomy(org.owner.actor), { id })
    expect((await entriesOf(sql, org.id, id)).map(({ action }) => action)).toEqual([
      'provider.added',
      'provider.renamed',
      'provider.secret-rotated',
      'provider.disabled',
      'provider.enabled',
    ])
    expect((await listed(org.owner.actor, id))?.name).toBe('Night desk')
  })
})

describe('what came in', () => {
  test('is counted: taken with the last time, turned away with why and under which request', async () => {
    const { id, path, secret: theirs } = await testProvider(org.id)
    await knock(path, theirs)
    await knock(path, theirs)
    const refused = await knock(path, 'another secret')
    const unsigned = await deliver(path, '{}', { 'content-type': 'application/json' })
    const wrongType = await deliver(path, '{}', { 'x-retell-signature': await Retell.sign('{}', theirs) })
    const unreadable = await deliver(path, '{}', {
      'content-type': 'application/json',
      'x-retell-signature': await Retell.sign('{}', theirs),
    })
    const id_ = (answer: Response) => answer.headers.get('x-request-id')
    await expect.poll(() => listed(org.owner.actor, id)).toMatchObject({ accepted: 2, rejected: 4 })
    const row = await listed(org.owner.actor, id)
    expect(row?.rejections.map(({ reason, request_id }) => [reason, request_id])).toEqual([
      ['unreadable', id_(unreadable)],
      ['wrong_type', id_(wrongType)],
      ['missing', id_(unsigned)],
      ['mismatch', id_(refused)],
    ])
    expect(Date.now() - Date.parse(row?.last_event_at ?? '')).toBeLessThan(60_000)
  })

  test('of a suspended organisation is turned away and says so', async () => {
    const suspended = await testOrganisation()
    const { id, path, secret: theirs } = await testProvider(suspended.id)
    await plant(
      sql,
      suspended.id,
      suspended.id,
      (tx) => tx`update organisation set suspended_at = now() where id = ${suspended.id}`,
    )
    await expectRefused(knock(path, theirs), 403, 'forbidden')
    await expect
      .poll(async () => (await sql`select reason from provider_rejection where provider_id = ${id}`)[0])
      .toEqual({
        reason: 'suspended',
      })
  })

  test('in a flood is counted whole, but written as a few rows, of which the newest fifty stay', async () => {
    const { id } = await testProvider(org.id)
    const found = {
      id: asId<'provider'>(id),
      organisation: { id: org.id, country: 'NG', masking: true, isSuspended: false },
    }
    const kept = async () =>
      (await sql<{ many: number }[]>`select count(*)::int as many from provider_rejection where provider_id = ${id}`)[0]
        ?.many ?? 0
    for (let wave = 0; wave < 7; wave += 1) {
      for (let at = 0; at < 100; at += 1) noteRejected(found, { reason: 'mismatch', requestId: randomUUID() })
      await expect
        .poll(async () => (await listed(org.owner.actor, id))?.rejected, { timeout: 5_000 })
        .toBe((wave + 1) * 100)
      expect(await kept()).toBe(Math.min((wave + 1) * 10, 50))
    }
    expect((await listed(org.owner.actor, id))?.rejections).toHaveLength(10)
  })
})
