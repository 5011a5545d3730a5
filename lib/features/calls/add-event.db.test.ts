import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Actor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { openedDump } from '../../testing/database-dump.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation, testVault } from '../../testing/organisation.ts'
import { someText } from '../../testing/refused.ts'
import { addEvent, getCall } from './index.ts'
import { newCall, textsOf, turn } from './turns.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let id: string
beforeAll(async () => {
  org = await testOrganisation()
})
beforeEach(async () => {
  id = await newCall(org)
})

const add = (event: Record<string, unknown>, to = id) => runAs(addEvent, org.keyActor, { id: to, event })

const everyEvent: [type: string, event: Record<string, unknown>][] = [
  ['status', { type: 'status', status: 'completed', at: '2026-11-24T09:02:00Z', ended_reason: 'transferred' }],
  ['turn', turn('Good morning', 500)],
  ['tool_call', { type: 'tool_call', name: 'find_order', result: 'it is on its way', at_ms: 900 }],
  ['dtmf', { type: 'dtmf', digits: '12#', at_ms: 1_200 }],
  ['cost', { type: 'cost', cost: { amount_minor: 1_234_567_890, currency: 'NGN' } }],
  ['recording', { type: 'recording', recording_url: 'https://recordings.example/a.wav' }],
]

describe('one more thing about a call', () => {
  test('a status moves it forward, with the moment and the reason', async () => {
    await add({ type: 'status', status: 'in_progress', at: '2026-11-24T09:00:10Z' })
    const { call } = await add({
      type: 'status',
      status: 'completed',
      at: '2026-11-24T09:02:00Z',
      ended_reason: 'transferred',
    })
    expect(call).toMatchObject({
      status: 'completed',
      answered_at: '2026-11-24T09:00:10.000Z',
      ended_at: '2026-11-24T09:02:00.000Z',
      ended_reason: 'transferred',
    })
    expect((await add({ type: 'status', status: 'ringing', at: '2026-11-24T09:05:00Z' })).call).toEqual(call)
  })

  test('a turn, a tool’s answer and keys pressed each become a line of the transcript', async () => {
    await add(turn('Good morning', 500))
    await add({ type: 'tool_call', name: 'find_order', result: 'it is on its way', at_ms: 900 })
    await add({ type: 'tool_call', name: 'hang_up', at_ms: 1_000 })
    await add({ type: 'dtmf', digits: '12#', at_ms: 1_200 })
    expect(await textsOf(org, id)).toEqual([
      'caller: Good morning',
      'tool: find_order: it is on its way',
      'tool: hang_up',
      'caller: [3 keys pressed]',
    ])
    expect((await runAs(getCall, org.agent.actor, { id })).turn_count).toBe(4)
  })

  test('a cost and a recording are its own', async () => {
    expect((await add({ type: 'cost', cost: { amount_minor: 1_234_567_890, currency: 'NGN' } })).call.cost).toEqual({
      amount_minor: 1_234_567_890,
      currency: 'NGN',
    })
    await add({ type: 'recording', recording_url: 'https://recordings.example/a.wav' })
    expect((await runAs(getCall, org.agent.actor, { id })).has_recording).toBe(true)
  })

  test.each([
    { type: 'status', status: 'done' },
    { type: 'turn', role: 'caller', text: 'x' },
    { type: 'turn', role: 'nurse', text: 'x', at_ms: 0 },
    { type: 'dtmf', digits: '12a', at_ms: 0 },
    { type: 'cost', cost: { amount_minor: -1, currency: 'NGN' } },
    { type: 'recording', recording_url: 'recording one' },
    { type: 'applause' },
    { type: 'turn', role: 'caller', text: 'x', at_ms: 0, mood: 'good' },
    [],
    null,
  ])('that is no such thing is refused and changes nothing: %o', async (event) => {
    await expect(runAs(addEvent, org.keyActor, { id, event })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await rowsOf(id)).toMatchObject({ events: 1, turns: 0 })
  })
})

/** The call and all that hangs on it, to be compared before and after. */
async function rowsOf(call: string) {
  const [row] = await sql`
    select to_jsonb(c) as call, (select count(*)::int from call_event where org = c.org and call_id = c.id) as events,
      (select count(*)::int from call_turn where org = c.org and call_id = c.id) as turns,
      (select count(*)::int from outbox_event where org = c.org and payload ->> 'call_id' = c.id::text) as told,
      (select count(*)::int from audit_entry where org = c.org and target = c.id and action = 'call.ingested') as entries
    from call c where org = ${org.id} and id = ${call}`
  return row
}

test('an ending and a late word at the same moment never reopen a call, whichever is written first', async () => {
  const calls = await Promise.all(Array.from({ length: 12 }, () => newCall(org)))
  const said = [
    { type: 'status', status: 'in_progress', at: '2026-11-24T09:00:10Z' },
    { type: 'status', status: 'completed', at: '2026-11-24T09:02:00Z', ended_reason: 'transferred' },
  ]
  await Promise.all(
    calls.flatMap((call, at) => (at % 2 === 0 ? said : said.toReversed()).map((event) => add(event, call))),
  )
  for (const call of calls)
    expect(await runAs(getCall, org.agent.actor, { id: call })).toMatchObject({
      status: 'completed',
      ended_reason: 'transferred',
      answered_at: '2026-11-24T09:00:10.000Z',
    })
})

describe('the same event again', () => {
  test.each(everyEvent)('changes nothing, adds nothing and tells nobody: %s', async (_, event) => {
    expect((await add(event)).is_duplicate).toBe(false)
    const before = await rowsOf(id)
    const again = await Promise.all([add(event), add(event), add(event)])
    expect(again.map(({ is_duplicate }) => is_duplicate)).toEqual([true, true, true])
    expect(await rowsOf(id)).toEqual(before)
    expect(before).toMatchObject({ events: 2, entries: 1 })
  })

  test('of another call is another event', async () => {
    const event = turn('Hello', 0)
    const other = await newCall(org)
    await add(event)
    expect((await add(event, other)).is_duplicate).toBe(false)
    expect(await textsOf(org, other)).toEqual(['caller: Hello'])
  })
})

describe('keys pressed', () => {
  // A card's number, which has no business here whether callers are masked or not.
  const digits = '4084084084084081'

  test.each([true, false])('are counted and stored nowhere, masking: %s', async (masking) => {
    const own = await testOrganisation({ masking })
    const call = await newCall(own)
    await runAs(
      addEvent,
      own.keyActor,
      { id: call, event: { type: 'dtmf', digits, at_ms: 0 } },
      { idempotencyKey: 'k' },
    )
    const opened = await openedDump(sql, await testVault(own.id))
    expect(opened.filter(({ where }) => where === 'call_event.body_sealed')).toHaveLength(2)
    expect(opened.map(({ text }) => text)).toContain('[16 keys pressed]')
    expect(opened.filter(({ text }) => text.includes(digits))).toEqual([])
  })
})

describe('a call that is not this key’s to reach', () => {
  /** All that a stranger is told. */
  async function refusalTo(actor: Actor, call: string) {
    const refusal: unknown = await runAs(addEvent, actor, { id: call, event: turn('x', 0) }).catch(
      (error: unknown) => error,
    )
    if (!(refusal instanceof AppError)) throw new Error('it was let in')
    return {
      code: refusal.code,
      message: refusal.message,
      fields: refusal.fields,
      retryAfterSeconds: refusal.retryAfterSeconds,
    }
  }

  test('looks the same whether it is unknown, another organisation’s or the other environment’s', async () => {
    const other = await testOrganisation()
    const foreign = await newCall(other)
    const trial = await testKey(org.id, { environment: 'test' })
    const refusals = [
      await refusalTo(org.keyActor, newId<'call'>()),
      await refusalTo(org.keyActor, foreign),
      await refusalTo(trial.actor, id),
    ]
    expect(refusals[0]).toMatchObject({ code: 'not_found' })
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0])
    expect(await rowsOf(id)).toMatchObject({ events: 1 })
    const [untouched] = await sql`select count(*)::int as events from call_event where org = ${other.id}`
    expect(untouched).toEqual({ events: 1 })
  })

  test('an id of no form at all is bad input, not a missing call', async () => {
    for (const call of ['', 'x', 7, null, id.toUpperCase()]) {
      await expect(runAs(addEvent, org.keyActor, { id: call, event: turn('x', 0) })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { id: someText },
      })
    }
  })

  test('nor is it a person’s to add to, whatever their role', async () => {
    for (const member of [org.owner, org.admin, org.agent]) {
      await expect(runAs(addEvent, member.actor, { id, event: turn('x', 0) })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
  })
})
