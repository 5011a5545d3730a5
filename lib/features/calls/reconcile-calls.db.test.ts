import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { deliver, formType } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { sampleAfricasTalkingEnded } from '../../testing/provider-replayer/africastalking-sample.ts'
import { formOf } from '../../testing/provider-replayer/sign-twilio.ts'
import { listProviders } from '../providers/index.ts'
import { getCall, reconcileCalls } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

type Provider = Awaited<ReturnType<typeof testProvider>>
let org: TestOrganisation
let talking: Provider
beforeAll(async () => {
  org = await testOrganisation()
  talking = await testProvider(org.id, { kind: 'africastalking', secret: null })
})

/** A call of ten seconds for 2.00 KES, as told; minutes after nine. */
async function told(
  minute: number,
  more: Record<string, string> = {},
  to = talking,
): Promise<{ name: string; id: string }> {
  const name = `ATVId_${randomUUID()}`
  const form = {
    ...sampleAfricasTalkingEnded,
    sessionId: name,
    callStartTime: `2026-11-20 09:${String(minute).padStart(2, '0')}:00`,
    durationInSeconds: '10',
    amount: '2.00',
    currencyCode: 'KES',
    ...more,
  }
  expect((await deliver(to.path, formOf(form), formType)).status).toBe(200)
  const [row] = await sql<{ id: string }[]>`select id from call order by created_at desc limit 1`
  return { name, id: row?.id ?? '' }
}
const logOf = (...lines: string[]): string => ['sessionId,durationInSeconds,amount,currencyCode', ...lines].join('\n')
const check = (log: string, more: object = {}, { id }: { id: string } = talking) =>
  runAs(reconcileCalls, org.owner.actor, { id, log, ...more })
const resultOf = async (id: string) => (await runAs(getCall, org.agent.actor, { id })).reconciliation

describe('a log of the provider’s', () => {
  test('tells the calls that agree, that differ and that it does not hold, each on its page', async () => {
    const [first, longer, madeUp, dearer, last, after] = [
      await told(0),
      await told(1),
      await told(2),
      await told(3),
      await told(4),
      await told(5),
    ]
    expect(await resultOf(first.id)).toEqual({ result: 'not_yet', checked_at: null, talk_ms: null, cost: null })
    const done = await check(
      logOf(
        `${first.name},10,2.00,KES`,
        `${longer.name},41,2.00,KES`,
        `${dearer.name},10,3.20,KES`,
        `${last.name},10,,`,
        'ATVId_nobodys,10,2.00,KES',
        'what,ever',
      ),
    )
    expect({ ...done, differing: done.differing.toSorted() }).toEqual({
      agrees: 2,
      differs: 2,
      absent: 1,
      unknown: 1,
      unread: 1,
      unread_lines: [7],
      differing: [longer.id, dearer.id].toSorted(),
      missing: [madeUp.id],
    })
    expect(await resultOf(first.id)).toMatchObject({ result: 'agrees' })
    expect(await resultOf(longer.id)).toMatchObject({ result: 'differs', talk_ms: 41_000 })
    expect(await resultOf(dearer.id)).toMatchObject({ result: 'differs', cost: { amount_minor: 320, currency: 'KES' } })
    expect(await resultOf(madeUp.id)).toMatchObject({ result: 'absent', talk_ms: null, cost: null })
    expect(await resultOf(after.id), 'the log ends before it').toMatchObject({ result: 'not_yet' })
    const call = await runAs(getCall, org.agent.actor, { id: longer.id })
    expect([call.talk_ms, call.cost], 'what was told stays').toEqual([10_000, { amount_minor: 200, currency: 'KES' }])
    const { data } = await runAs(listProviders, org.owner.actor, {})
    expect(data.find(({ id }) => id === talking.id)?.reconciliation).toMatchObject({ agrees: 2, differs: 2, absent: 1 })
    const [entry] = await sql<{ body: Uint8Array }[]>`
      select body from audit_entry where org = ${org.id} and action = 'call.reconciled' and target = ${talking.id}`
    expect(Buffer.from(entry?.body ?? []).toString()).toContain('"absent":1')
  })

  test('of later says it anew, and of one that is not whole nothing is called absent', async () => {
    const mine = await testProvider(org.id, { kind: 'africastalking', secret: null })
    const [one, other, third] = [await told(20, {}, mine), await told(21, {}, mine), await told(22, {}, mine)]
    const log = logOf(`${one.name},11,2.00,KES`, `${third.name},10,2.00,KES`)
    expect(await check(log, { is_whole: false }, mine)).toMatchObject({ agrees: 1, differs: 1, absent: 0 })
    expect(await resultOf(other.id)).toMatchObject({ result: 'not_yet' })
    expect(await check(log, {}, mine)).toMatchObject({ absent: 1 })
    expect(await resultOf(other.id)).toMatchObject({ result: 'absent' })
    const all = logOf(...[one, other, third].map(({ name }) => `${name},10,2.00,KES`))
    expect(await check(all, {}, mine)).toMatchObject({ agrees: 3, differs: 0, absent: 0 })
    expect(await resultOf(other.id)).toMatchObject({ result: 'agrees' })
  })

  test('says nothing of a call that goes on', async () => {
    const mine = await testProvider(org.id, { kind: 'africastalking', secret: null })
    const going = await told(31, { isActive: '1', durationInSeconds: '', amount: '' }, mine)
    const [one, other] = [await told(30, {}, mine), await told(32, {}, mine)]
    await check(logOf(`${one.name},10,,`, `${other.name},10,,`, `${going.name},10,,`), {}, mine)
    expect(await resultOf(going.id)).toMatchObject({ result: 'not_yet' })
  })

  test('is not taken for a provider that signs, of another organisation, nor from who may not edit the config', async () => {
    const signed = await testProvider(org.id)
    const other = await testOrganisation()
    const theirs = await testProvider(other.id, { kind: 'africastalking', secret: null })
    const log = logOf('A,10,2.00,KES')
    await expect(check(log, {}, signed)).rejects.toMatchObject({ code: 'conflict' })
    await expect(check(log, {}, theirs)).rejects.toMatchObject({ code: 'not_found' })
    await expect(check('no log')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(runAs(reconcileCalls, org.agent.actor, { id: talking.id, log })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('names no call of another organisation', async () => {
    const other = await testOrganisation()
    const theirs = await testProvider(other.id, { kind: 'africastalking', secret: null })
    const { name, id } = await told(40, {}, theirs)
    expect(await check(logOf(`${name},10,2.00,KES`))).toMatchObject({ agrees: 0, unknown: 1 })
    expect(await sql`select 1 from reconciliation where call_id = ${id}`).toEqual([])
  })
})
