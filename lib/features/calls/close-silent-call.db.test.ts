import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'

import { connect, setProcessRole } from '../../platform/db/pool.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { sampleEnded } from '../../testing/provider-replayer/retell-sample.ts'
import { runInEach } from '../../transport/job.ts'
import { runAsSystem } from '../../transport/system.ts'
import {
  addEvent,
  closeSilentCall,
  ingestCall,
  ownersOfSilentCalls,
  receiveProviderEvent,
  setOutcome,
} from './index.ts'

const sql = superuserSql()
const web = connect('orinode_web', 1)
const worker = connect('orinode_worker', 1)
afterAll(() => Promise.all([sql.end(), web.end(), worker.end()]))

const minute = 60
const hour = 60 * minute
let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation()
})
afterEach(() => setProcessRole('orinode_web'))

const told = (more: object = {}) => ({
  external_id: 'a',
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'in_progress',
  started_at: '2026-03-01T09:00:00Z',
  ...more,
})
const ingest = async (more: object = {}) => (await runAs(ingestCall, org.keyActor, told(more))).call.id

/** Nothing was heard of the call for so long. */
const silence = (id: string, seconds: number) =>
  plant(
    sql,
    org.id,
    id,
    (tx) =>
      tx`update call set updated_at = now() - make_interval(secs => ${seconds}) where org = ${org.id} and id = ${id}`,
  )

async function close(): Promise<boolean> {
  setProcessRole('orinode_worker')
  const { is_closed } = await runAsSystem(closeSilentCall, {}, { process: 'worker', organisation: org.id })
  setProcessRole('orinode_web')
  return is_closed
}

async function rowOf(id: string) {
  const [row] = await sql<
    { status: string; ended_reason: string | null; ended_at: Date | null; talk_ms: number | null }[]
  >`select status, ended_reason, ended_at, talk_ms from call where org = ${org.id} and id = ${id}`
  return row
}
const entries = () =>
  sql<{ target: string; actor_kind: string; body: Uint8Array }[]>`
    select target, actor_kind, body from audit_entry where org = ${org.id} and action = 'call.closed' order by recorded_at`

describe('a call is closed when nothing was heard of it for as long as its status allows', () => {
  test.each([
    ['queued', 23 * hour, false],
    ['queued', 25 * hour, true],
    ['ringing', 14 * minute, false],
    ['ringing', 16 * minute, true],
    ['in_progress', 4 * hour - minute, false],
    ['in_progress', 4 * hour + minute, true],
    ['completed', 900 * hour, false],
    ['unknown_end', 900 * hour, false],
    ['no_answer', 900 * hour, false],
  ])('%s, silent for %d seconds: %j', async (status, seconds, isDue) => {
    const id = await ingest({ status })
    await silence(id, seconds)
    setProcessRole('orinode_worker')
    expect((await ownersOfSilentCalls()).filter((one) => one === org.id)).toEqual(isDue ? [org.id] : [])
    expect(await close()).toBe(isDue)
    expect((await rowOf(id))?.status).toBe(isDue ? 'unknown_end' : status)
  })
})

test('somebody who says what came of a call says nothing of whether it still runs', async () => {
  const id = await ingest()
  await silence(id, 5 * hour)
  await runAs(setOutcome, org.agent.actor, { id, outcome: 'Booked' })
  expect(await close()).toBe(true)
})

test('one organisation with many of them keeps no other waiting', async () => {
  const [busy, id] = [org, await ingest({ external_id: 'b' })]
  await silence(id, 9 * hour)
  const more = await ingest({ external_id: 'c' })
  await silence(more, 8 * hour)
  org = await testOrganisation()
  await silence(await ingest(), 5 * hour)
  setProcessRole('orinode_worker')
  const turns = (await ownersOfSilentCalls()).filter((one) => one === org.id || one === busy.id)
  expect(turns).toEqual([busy.id, org.id, busy.id])
})

describe('its end', () => {
  test('is found though an answer was told of half a century ago', async () => {
    const id = await ingest({ status: 'ringing', answered_at: '1970-01-02T00:00:00Z' })
    await silence(id, 5 * hour)
    expect(await close()).toBe(true)
    expect(await rowOf(id)).toMatchObject({ status: 'unknown_end', talk_ms: 2 ** 31 - 1 })
  })

  test('is the last word anybody said, and no talk is counted after it', async () => {
    const id = await ingest({ answered_at: '2026-03-01T09:00:10Z' })
    for (const at_ms of [1_000, 95_000, 60_000])
      await runAs(addEvent, org.keyActor, { id, event: { type: 'turn', role: 'caller', text: `${at_ms}`, at_ms } })
    await silence(id, 5 * hour)
    expect(await close()).toBe(true)
    expect(await rowOf(id)).toEqual({
      status: 'unknown_end',
      ended_reason: 'unknown',
      ended_at: new Date('2026-03-01T09:01:45Z'),
      talk_ms: 95_000,
    })
  })

  test('is its answer where nobody said anything', async () => {
    const id = await ingest({ answered_at: '2026-03-01T09:00:10Z' })
    await silence(id, 5 * hour)
    await close()
    expect(await rowOf(id)).toMatchObject({ ended_at: new Date('2026-03-01T09:00:10Z'), talk_ms: 0 })
  })

  test('is no talk at all where nobody answered', async () => {
    const id = await ingest({ status: 'ringing' })
    await silence(id, hour)
    await close()
    const row = await rowOf(id)
    expect(row?.talk_ms).toBeNull()
    expect(row?.ended_at?.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-03-01T09:00:00Z'))
  })

  test('is never after the last we heard, whatever times the turns claim', async () => {
    const started = new Date(Date.now() - 6 * hour * 1000)
    const id = await ingest({ started_at: started.toISOString(), answered_at: started.toISOString() })
    const event = { type: 'turn', role: 'caller', text: 'from tomorrow', at_ms: 86_400_000 }
    await runAs(addEvent, org.keyActor, { id, event })
    await silence(id, 5 * hour)
    const heard = Date.now() - 5 * hour * 1000
    await close()
    const row = await rowOf(id)
    expect(Math.abs((row?.ended_at?.getTime() ?? 0) - heard)).toBeLessThan(60_000)
    expect(row?.talk_ms).toBeLessThan(hour * 1000 + 60_000)
  })
})

describe('what is told of a closed call afterwards', () => {
  test('counts: its real ending replaces the unknown one, though it is earlier', async () => {
    const provider = await testProvider(org.id)
    const tell = (event: string, call: object) => {
      const body = { event, call: { ...sampleEnded, call_id: 'call_1', ...call } }
      return runAs(receiveProviderEvent, provider.actor, { raw: JSON.stringify(body), body })
    }
    const turns = [{ role: 'user', content: 'still here', words: [{ start: 600 }] }]
    await tell('transcript_updated', { call_status: 'ongoing', transcript_object: turns })
    // Heard of last, though of a moment after the call had really ended.
    const later = sampleEnded.end_timestamp + 60_000
    await tell('transfer_ended', { call_status: 'ongoing', transfer_end_timestamp: later, transcript_object: turns })
    const [call] = await sql<{ id: string }[]>`select id from call where org = ${org.id}`
    const id = call?.id ?? ''
    await silence(id, 5 * hour)
    expect(await close()).toBe(true)
    expect(await rowOf(id)).toMatchObject({ status: 'unknown_end', talk_ms: 600_000 })
    await tell('call_ended', {})
    expect(await rowOf(id)).toEqual({
      status: 'completed',
      ended_reason: 'caller_hung_up',
      ended_at: new Date(sampleEnded.end_timestamp),
      talk_ms: sampleEnded.duration_ms,
    })
  })

  test('does not open it again', async () => {
    const id = await ingest()
    await silence(id, 5 * hour)
    await close()
    for (const status of ['ringing', 'in_progress', 'queued']) await ingest({ status, agent: status })
    expect((await rowOf(id))?.status).toBe('unknown_end')
    expect(await close()).toBe(false)
  })
})

describe('closing', () => {
  test('leaves one entry for each call and tells others once', async () => {
    const ids = [
      await ingest(),
      await ingest({ external_id: 'b', status: 'ringing' }),
      await ingest({ external_id: 'c' }),
    ]
    for (const id of ids) await silence(id, 5 * hour)
    setProcessRole('orinode_worker')
    expect((await ownersOfSilentCalls()).filter((one) => one === org.id)).toHaveLength(3)
    await runInEach(
      { name: 'calls.close-silent-calls', cron: '* * * * *' },
      ownersOfSilentCalls,
      closeSilentCall,
      {},
    ).run()
    expect(await close()).toBe(false)
    const found = await entries()
    expect(found.map(({ target }) => target).toSorted()).toEqual(ids.toSorted())
    expect(found.map(({ actor_kind }) => actor_kind)).toEqual(['system', 'system', 'system'])
    const was = found.map(
      ({ body }) => (JSON.parse(Buffer.from(body).toString()) as { facts: { was: string } }).facts.was,
    )
    expect(was.toSorted()).toEqual(['in_progress', 'in_progress', 'ringing'])
    const outbox =
      await sql`select payload->>'status' as status from outbox_event where org = ${org.id} and type = 'call.completed'`
    expect(outbox.map((one) => one['status'] as unknown)).toEqual(['unknown_end', 'unknown_end', 'unknown_end'])
  })

  test('by several workers at once closes each call once', async () => {
    for (const external_id of ['a', 'b', 'c']) await silence(await ingest({ external_id }), 5 * hour)
    setProcessRole('orinode_worker')
    const run = () => runAsSystem(closeSilentCall, {}, { process: 'worker', organisation: org.id })
    const closed = await Promise.all(Array.from({ length: 6 }, run))
    expect(closed.filter(({ is_closed }) => is_closed)).toHaveLength(3)
    expect(await entries()).toHaveLength(3)
  })

  test('is nobody’s but the system’s, and the worker’s login can change no more of a call than that, nor that without an entry', async () => {
    const id = await ingest()
    await silence(id, 5 * hour)
    for (const actor of [org.owner.actor, org.admin.actor, org.agent.actor, org.keyActor])
      await expect(runAs(closeSilentCall, actor, {})).rejects.toMatchObject({ code: 'forbidden' })
    const changing = (login: typeof web, set: string) =>
      login.begin(async (tx) => {
        await tx`select set_config('app.org', ${org.id}, true)`
        return tx.unsafe(`update call set ${set} where org = '${org.id}'`)
      })
    await expect(changing(worker, "agent = 'x'")).rejects.toMatchObject({ code: '42501' })
    await expect(changing(worker, "status = 'completed'")).rejects.toMatchObject({ code: 'OR001' })
    await expect(web`select org from calls_silent('1 s', '1 s', '1 s')`).rejects.toMatchObject({ code: '42501' })
    expect((await rowOf(id))?.status).toBe('in_progress')
  })
})
