import { randomUUID } from 'node:crypto'

import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { deliver, formType } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { sampleAfricasTalkingEnded } from '../../testing/provider-replayer/africastalking-sample.ts'
import { formOf } from '../../testing/provider-replayer/sign-twilio.ts'
import { listProviders } from '../providers/index.ts'
import { getCall, reconcileCalls } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

type Provider = Awaited<ReturnType<typeof testProvider>>
let org: TestOrganisation
let talking: Provider
beforeEach(async () => {
  org = await testOrganisation()
  talking = await testProvider(org.id, { kind: 'africastalking', secret: null })
})

/** A call of ten seconds for 2.00 KES, as told; first heard of at noon of this day, whatever it says of itself. */
async function told(day: string, more: Record<string, string> = {}): Promise<{ name: string; id: string }> {
  const name = more['sessionId'] ?? `ATVId_${randomUUID()}`
  const form = {
    ...sampleAfricasTalkingEnded,
    sessionId: name,
    callStartTime: `${day} 11:59:00`,
    durationInSeconds: '10',
    amount: '2.00',
    currencyCode: 'KES',
    ...more,
  }
  expect((await deliver(talking.path, formOf(form), formType)).status).toBe(200)
  const [row] = await sql<{ id: string }[]>`select id from call where org = ${org.id} order by created_at desc limit 1`
  const id = row?.id ?? ''
  await plant(sql, org.id, id, (tx) => tx`update call set created_at = ${`${day} 12:00:00Z`} where id = ${id}`)
  return { name, id }
}
const logOf = (...lines: string[]): string => ['sessionId,durationInSeconds,amount,currencyCode', ...lines].join('\n')
const whole = { from: '2026-11-02', to: '2026-11-04' }
const check = (log: string, more: object = {}, { id }: { id: string } = talking) =>
  runAs(reconcileCalls, org.owner.actor, { id, log, ...more })
const resultOf = async (id: string) => (await runAs(getCall, org.agent.actor, { id })).reconciliation

describe('a log of the provider’s', () => {
  test('tells the calls that agree, that differ and that it does not hold, each on its page', async () => {
    const early = await told('2026-11-01')
    const [first, longer, madeUp] = [await told('2026-11-02'), await told('2026-11-02'), await told('2026-11-03')]
    const [dearer, last, late] = [await told('2026-11-03'), await told('2026-11-04'), await told('2026-11-05')]
    expect(await resultOf(first.id)).toEqual({ result: 'not_yet', checked_at: null, talk_ms: null, cost: null })
    const log = logOf(
      `${first.name},10,2.00,KES`,
      `${longer.name},41,2.00,KES`,
      `${dearer.name},10,3.20,KES`,
      `${last.name},99,,`,
      `${last.name},10,,`,
      'ATVId_nobodys,10,2.00,KES',
      'what,ever',
    )
    const done = await check(log, { whole })
    expect({ ...done, differing: done.differing.toSorted() }).toEqual({
      agrees: 2,
      differs: 2,
      absent: 1,
      unknown: 1,
      unread: 1,
      unread_lines: [8],
      differing: [longer.id, dearer.id].toSorted(),
      missing: [madeUp.id],
    })
    expect(await resultOf(first.id)).toMatchObject({ result: 'agrees' })
    expect(await resultOf(longer.id)).toMatchObject({ result: 'differs', talk_ms: 41_000 })
    expect(await resultOf(dearer.id)).toMatchObject({ result: 'differs', cost: { amount_minor: 320, currency: 'KES' } })
    expect(await resultOf(madeUp.id)).toMatchObject({ result: 'absent', talk_ms: null, cost: null })
    for (const { id } of [early, late]) expect(await resultOf(id)).toMatchObject({ result: 'not_yet' })
    const call = await runAs(getCall, org.agent.actor, { id: longer.id })
    expect([call.talk_ms, call.cost], 'what was told stays').toEqual([10_000, { amount_minor: 200, currency: 'KES' }])
    const { data } = await runAs(listProviders, org.owner.actor, {})
    expect(data.find(({ id }) => id === talking.id)?.reconciliation).toMatchObject({ agrees: 2, differs: 2, absent: 1 })
    const [entry] = await sql<{ body: Uint8Array }[]>`
      select body from audit_entry where org = ${org.id} and action = 'call.reconciled' and target = ${talking.id}`
    expect(Buffer.from(entry?.body ?? []).toString()).toContain('"absent":1')
  })

  test('finds a made-up call whatever time it tells, and though the log holds no call of ours', async () => {
    const forged = [
      await told('2026-11-03', { callStartTime: '1999-01-01 00:00:00' }),
      await told('2026-11-03', { callStartTime: '2031-01-01 00:00:00' }),
      await told('2026-11-03', { callStartTime: '' }),
    ]
    expect(await check(logOf('ATVId_nobodys,10,2.00,KES'), { whole })).toMatchObject({ absent: 3, unknown: 1 })
    for (const { id } of forged) expect(await resultOf(id)).toMatchObject({ result: 'absent' })
  })

  test('says nothing of calls that may have begun the day before, nor of those it may not hold yet', async () => {
    const heardAt = async (id: string, at: string) => {
      await plant(sql, org.id, id, (tx) => tx`update call set created_at = ${at} where id = ${id}`)
      return id
    }
    // The organisation's day begins at 23:00 UTC.
    const dawn = await heardAt((await told('2026-11-02')).id, '2026-11-02T02:55:00Z')
    const morning = await heardAt((await told('2026-11-02')).id, '2026-11-02T03:05:00Z')
    const now = Date.now()
    const justNow = await heardAt((await told('2026-11-03')).id, new Date(now - 50 * 60_000).toISOString())
    const earlier = await heardAt((await told('2026-11-03')).id, new Date(now - 70 * 60_000).toISOString())
    await check(logOf('ATVId_nobodys,10,2.00,KES'), { whole: { from: '2026-11-02', to: '2026-11-02' } })
    const day = (at: number) => new Date(at + 3_600_000).toISOString().slice(0, 10)
    // From the day before, so that no midnight lies between these calls and the first hours of the first day.
    const recent = { from: day(now - 2 * 86_400_000), to: day(now) }
    await check(logOf('ATVId_nobodys,10,2.00,KES'), { whole: recent })
    const results = await Promise.all([dawn, morning, justNow, earlier].map(async (id) => (await resultOf(id))?.result))
    expect(results).toEqual(['not_yet', 'absent', 'not_yet', 'absent'])
  })

  test('agrees no longer once an unsigned event tells the call otherwise', async () => {
    const { name, id } = await told('2026-11-03')
    await check(logOf(`${name},10,2.00,KES`))
    expect(await resultOf(id)).toMatchObject({ result: 'agrees' })
    await told('2026-11-03', { sessionId: name, durationInSeconds: '9999', amount: '900.00' })
    expect(await resultOf(id)).toMatchObject({ result: 'differs', talk_ms: 10_000 })
  })

  test('of later says it anew, and of one not said to be whole nothing is called absent', async () => {
    const [one, other] = [await told('2026-11-02'), await told('2026-11-03')]
    const log = logOf(`${one.name},11,2.00,KES`)
    expect(await check(log)).toMatchObject({ agrees: 0, differs: 1, absent: null })
    expect(await resultOf(other.id)).toMatchObject({ result: 'not_yet' })
    expect(await check(log, { whole })).toMatchObject({ absent: 1 })
    const all = logOf(...[one, other].map(({ name }) => `${name},10,2.00,KES`))
    expect(await check(all, { whole })).toMatchObject({ agrees: 2, differs: 0, absent: 0 })
    expect(await resultOf(other.id)).toMatchObject({ result: 'agrees' })
  })

  test('says nothing of a call that goes on, and knows it', async () => {
    const going = await told('2026-11-03', { isActive: '1', durationInSeconds: '', amount: '' })
    expect(await check(logOf(`${going.name},10,,`), { whole })).toMatchObject({ agrees: 0, absent: 0, unknown: 0 })
    expect(await resultOf(going.id)).toMatchObject({ result: 'not_yet' })
  })

  test('is read by several at once in any order', async () => {
    const calls = [await told('2026-11-02'), await told('2026-11-03'), await told('2026-11-04')]
    const lines = calls.map(({ name }) => `${name},10,2.00,KES`)
    const checks = Array.from({ length: 6 }, (_, at) => check(logOf(...(at % 2 ? lines : lines.toReversed()))))
    for (const done of await Promise.all(checks)) expect(done).toMatchObject({ agrees: 3 })
  })

  test('is written in the order of the calls, so that no two checks wait for each other at once', async () => {
    const calls = []
    for (let one = 0; one < 8; one++) calls.push(await told('2026-11-03'))
    const log = logOf(...calls.map(({ name }) => `${name},10,2.00,KES`))
    await check(log)
    const [first = '', ...others] = calls.map(({ id }) => id).toSorted()
    const release = Promise.withResolvers<undefined>()
    const held = Promise.withResolvers<undefined>()
    const holder = superuserSql()
    const holding = holder.begin(async (tx) => {
      await tx`select 1 from reconciliation where call_id = ${first} for update`
      held.resolve(undefined)
      await release.promise
    })
    await held.promise
    const checking = check(log)
    await expect.poll(async () => (await sql`select 1 from pg_locks where not granted`).length).toBeGreaterThan(0)
    const free = await sql`select 1 from reconciliation where call_id = any(${others}::uuid[]) for update skip locked`
    release.resolve(undefined)
    await Promise.all([holding, checking])
    await holder.end()
    expect(free).toHaveLength(others.length)
  })

  test('speaks for no call that came by another address of the kind', async () => {
    const { name } = await told('2026-11-03')
    await testProvider(org.id, { kind: 'africastalking', secret: null })
    await expect(check(logOf(`${name},10,,`), { whole })).rejects.toMatchObject({ code: 'conflict' })
    expect(await check(logOf(`${name},10,,`))).toMatchObject({ agrees: 1, absent: null })
  })

  test('is not taken for a provider that signs, of another organisation, nor from who may not edit the config', async () => {
    const signed = await testProvider(org.id)
    const other = await testOrganisation()
    const theirs = await testProvider(other.id, { kind: 'africastalking', secret: null })
    const log = logOf('A,10,2.00,KES')
    await expect(check(log, {}, signed)).rejects.toMatchObject({ code: 'conflict' })
    await expect(check(log, {}, theirs)).rejects.toMatchObject({ code: 'not_found' })
    await expect(check('no log')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(check(log, { whole: { from: '2026-11-04', to: '2026-11-02' } })).rejects.toMatchObject({
      fields: { 'whole.to': 'must not be before the first day' },
    })
    await expect(runAs(reconcileCalls, org.agent.actor, { id: talking.id, log })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('names no call of another organisation', async () => {
    const { name, id } = await told('2026-11-03')
    org = await testOrganisation()
    const mine = await testProvider(org.id, { kind: 'africastalking', secret: null })
    expect(await check(logOf(`${name},10,2.00,KES`), {}, mine)).toMatchObject({ agrees: 0, unknown: 1 })
    expect(await sql`select 1 from reconciliation where call_id = ${id}`).toEqual([])
  })
})
