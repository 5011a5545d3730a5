import { randomUUID } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'
import { symmetric } from 'retell-sdk/lib/webhook_auth'

import type { ProviderDelivery } from '../../lib/testing/provider-replayer/delivery.ts'
import { retellDay } from '../../lib/testing/provider-replayer/retell-day.ts'
import { sendAll, sendShuffled } from '../../lib/testing/provider-replayer/send-shuffled.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { deliver, signed } from '../support/provider-hook.ts'
import { type Answer, ask, type HeaderList, json, send } from '../support/send.ts'

let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

const minutes = 60_000
const event = (more: Record<string, unknown> = {}, name = 'call_ended') => ({
  event: name,
  call: {
    call_id: `call_${randomUUID().replaceAll('-', '')}`,
    call_type: 'phone_call',
    agent_id: 'agent_1',
    agent_name: 'Front desk',
    direction: 'inbound',
    from_number: '+2348035550142',
    to_number: '+2342017000100',
    call_status: 'ended',
    start_timestamp: Date.now() - 60_000,
    end_timestamp: Date.now() - 30_000,
    duration_ms: 30_000,
    disconnection_reason: 'user_hangup',
    metadata: {},
    ...more,
  },
})

const post = (
  headers: Record<string, string> | HeaderList,
  body: string | Buffer,
  to = organisation,
): Promise<Answer> => send({ method: 'POST', path: to.provider.path, headers, body })

/** Rows that only an accepted event makes. */
async function stored(org: string): Promise<Record<string, number>> {
  const [row] = await sql`
    select (select count(*)::int from call where org = ${org}) as calls, (select count(*)::int from call_event where org = ${org}) as events,
      (select count(*)::int from call_turn where org = ${org}) as turns, (select count(*)::int from call_source where org = ${org}) as sources,
      (select count(*)::int from outbox_event where org = ${org}) as outbox`
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]))
}

const refusals = async (): Promise<number> =>
  (await auditOf(sql, organisation.id)).filter(({ result }) => result === 'refused').length
const header = (value: string): Record<string, string> => ({
  'Content-Type': 'application/json',
  'x-retell-signature': value,
})

test('a signature of the provider’s own library is accepted, and the second delivery changes nothing', async () => {
  const body = JSON.stringify(event())
  const headers = await signed(body, organisation.provider.secret)
  const first = await post(headers, body)
  expect([first.status, json(first)['received']]).toEqual([200, true])
  const after = await stored(organisation.id)
  expect(after['events']).toBeGreaterThan(0)
  for (let again = 0; again < 3; again += 1) expect((await post(headers, body)).status).toBe(200)
  expect((await post(await signed(body, organisation.provider.secret), body)).status).toBe(200)
  expect(await stored(organisation.id)).toEqual(after)
})

test('a signature just inside the window is accepted', async () => {
  for (const offset of [-4.8 * minutes, 4.8 * minutes]) {
    const body = JSON.stringify(event())
    expect(
      (await post(header(await symmetric.sign(body, organisation.provider.secret, Date.now() + offset)), body)).status,
    ).toBe(200)
  }
})

test('an event without the fields that may be missing is accepted', async () => {
  const { call } = event()
  const few = {
    call_id: call.call_id,
    call_type: 'phone_call',
    agent_id: 'agent_1',
    call_status: 'ongoing',
    from_number: call.from_number,
    to_number: call.to_number,
    direction: 'inbound',
  }
  const answer = await deliver(organisation, { event: 'call_started', call: few })
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('received')])
})

type Forgery = (
  body: string,
  secret: string,
) => Promise<Record<string, string> | HeaderList> | Record<string, string> | HeaderList
const type = ['Content-Type', 'application/json'] as const
const forgeries: Record<string, Forgery> = {
  unsigned: () => ({ 'Content-Type': 'application/json' }),
  'signed with nothing': () => header(''),
  'signed with nonsense': () => header('sha256=0000'),
  'signed with another key': (body) => signed(body, 'key_of_somebody_else'),
  'signed with an empty key': (body) => signed(body, ' '),
  'signed for another body': (_, secret) => signed('{"event":"call_ended"}', secret),
  'signed over its own reserialisation': (body, secret) => signed(JSON.stringify(JSON.parse(body), null, 1), secret),
  'signed too long ago': async (body, secret) => header(await symmetric.sign(body, secret, Date.now() - 5.2 * minutes)),
  'signed in the future': async (body, secret) =>
    header(await symmetric.sign(body, secret, Date.now() + 5.2 * minutes)),
  'signed at no time': async (body, secret) =>
    header((await symmetric.sign(body, secret, Date.now())).replace(/v=\d+/, 'v=NaN')),
  'signed, then the time moved': async (body, secret) =>
    header((await symmetric.sign(body, secret, Date.now() - 10 * minutes)).replace(/v=\d+/, `v=${Date.now()}`)),
  'signed twice': async (body, secret) => [
    type,
    ['x-retell-signature', await symmetric.sign(body, secret, Date.now())],
    ['x-retell-signature', await symmetric.sign(body, secret, Date.now() + 1)],
  ],
  'signed, cut short': async (body, secret) => header((await symmetric.sign(body, secret, Date.now())).slice(0, -1)),
}

for (const [title, forge] of Object.entries(forgeries)) {
  test(`an event ${title} is refused, written down, and leaves nothing`, async () => {
    const [before, entries] = [await stored(organisation.id), await refusals()]
    const body = JSON.stringify(event())
    const answer = await post(await forge(body, organisation.provider.secret), body)
    expect(answer.status).toBe(401)
    expect(json(answer)).toMatchObject({ code: 'invalid_signature', request_id: answer.headers['x-request-id'] })
    expect(await stored(organisation.id)).toEqual(before)
    expect(await refusals()).toBe(entries + 1)
  })
}

test('an address never given out is no address', async () => {
  const body = JSON.stringify(event())
  const headers = await signed(body, organisation.provider.secret)
  for (const path of [
    `/api/hooks/retell/${'a'.repeat(43)}`,
    organisation.provider.path.replace('retell', 'vapi'),
    '/api/hooks/retell/x',
    organisation.provider.path.slice(0, -1),
  ]) {
    expect((await send({ method: 'POST', path, headers, body })).status).toBe(404)
  }
})

/** What an API reader sees of every call, told apart by its outside name; without ids of ours and tokens. */
async function canonical({ key }: Organisation): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  const { data } = json(await ask(key, 'GET', '/api/v1/calls?limit=100'))
  if (!Array.isArray(data)) throw new Error('the list has no data')
  for (const { id } of data) {
    const [call, transcript] = [
      json(await ask(key, 'GET', `/api/v1/calls/${String(id)}`)),
      json(await ask(key, 'GET', `/api/v1/calls/${String(id)}/transcript`)),
    ]
    const caller = typeof call['caller'] === 'object' ? { ...call['caller'], token: '' } : null
    seen[String(call['external_id'])] = { ...call, id: '', request_id: '', caller, turns: transcript['turns'] }
  }
  return seen
}

test('a shuffled day, delivered three times over, ends as the day in order', async () => {
  const day = retellDay({ seed: 20_261, now: new Date() })
  const sender =
    (to: Organisation) =>
    async ({ body }: ProviderDelivery) =>
      (await deliver(to, body)).status
  const results: Record<string, unknown>[] = []
  const statuses = new Set<number>()
  for (const seed of [0, 7, 1_912]) {
    const own = await ownOrganisation()
    const answers =
      seed === 0
        ? await sendAll(day, sender(own), 1)
        : await sendShuffled({ deliveries: day, send: sender(own), seed, times: 3, atOnce: 8 })
    for (const status of answers) statuses.add(status)
    results.push(await canonical(own))
  }
  const [inOrder = {}, shuffled, again] = results
  expect([...statuses]).toEqual([200])
  expect(Object.keys(inOrder).length).toBe(new Set(day.map(({ callId }) => callId)).size)
  expect(shuffled).toEqual(inOrder)
  expect(again).toEqual(inOrder)
})

const broken: Record<string, unknown> = {
  'call.call_id': { ...event(), call: { ...event().call, call_id: 7 } },
  'call.direction': event({ direction: 'sideways' }),
  'call.from_number': event({ from_number: 2_348_035_550_142 }),
  'call.start_timestamp': event({ start_timestamp: 'yesterday' }),
  'call.duration_ms': event({ duration_ms: -1 }),
  'call.transcript_object': event({ transcript_object: 'Agent: hi' }),
  'call.call_cost.combined_cost': event({ call_cost: { combined_cost: '12' } }),
  'call.call_analysis.call_successful': event({ call_analysis: { call_successful: 'yes' } }, 'call_analyzed'),
  call: { event: 'call_ended', call: [] },
  event: { event: 5 },
}

for (const [field, body] of Object.entries(broken)) {
  test(`a signed event with a wrong ${field} is told which field, and leaves nothing`, async () => {
    const before = await stored(organisation.id)
    const answer = await deliver(organisation, JSON.stringify(body))
    expect(answer.status).toBe(400)
    expect(json(answer)).toMatchObject({
      code: 'invalid_input',
      request_id: answer.headers['x-request-id'],
      detail: { fields: { [field]: expect.any(String) } },
    })
    expect(await stored(organisation.id)).toEqual(before)
  })
}

test('a signed body that is no JSON object in UTF-8, too large or of another type is turned away with a request id', async () => {
  const before = await stored(organisation.id)
  const { secret } = organisation.provider
  const bytes = async (body: Buffer): Promise<Answer> => {
    const { createHmac } = await import('node:crypto')
    const at = Date.now()
    const digest = createHmac('sha256', secret).update(body).update(String(at)).digest('hex')
    return post(header(`v=${at},d=${digest}`), body)
  }
  const answers: [expected: number[], answer: Answer][] = [
    [[400], await bytes(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))],
    [[400], await bytes(Buffer.from('{"event":"call_ended","call":{"call_id":"\xed\xa0\x80"}}', 'latin1'))],
    [[400], await bytes(Buffer.from('\ufeff{"event":"call_ended"'))],
    [[400], await bytes(Buffer.alloc(0))],
    [[400], await bytes(Buffer.from('[]'))],
    [[400], await bytes(Buffer.from('null'))],
    [[400], await bytes(Buffer.from('{"event":"call_ended",}'))],
    [[400], await bytes(Buffer.from(`{"event":"call_ended","call":${'['.repeat(100_000)}`))],
    [[400], await bytes(Buffer.from(`{"event":"call_ended","call":${'['.repeat(50_000)}${']'.repeat(50_000)}}`))],
    [[413], await bytes(Buffer.alloc(4 * 1_048_576 + 1, ' '))],
    [[400, 415], await post({ ...(await signed('{}', secret)), 'Content-Type': 'text/plain' }, '{}')],
    [[400, 415], await post({ 'x-retell-signature': (await signed('{}', secret))['x-retell-signature'] ?? '' }, '{}')],
  ]
  for (const [at, [expected, answer]] of answers.entries()) {
    expect([at, expected.includes(answer.status)], answer.text).toEqual([at, true])
    expect(json(answer)).toMatchObject({
      code: expect.any(String),
      error: expect.any(String),
      request_id: answer.headers['x-request-id'],
    })
  }
  expect(await stored(organisation.id)).toEqual(before)
})

test('deep and odd metadata is accepted without harm', async () => {
  let deep: unknown = 'bottom'
  for (let level = 0; level < 2_000; level += 1) deep = { deep }
  for (const metadata of [
    { deep },
    { list: Array.from({ length: 5_000 }, (_, at) => at) },
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}'),
    null,
    'text',
    7,
  ]) {
    const answer = await deliver(organisation, event({ metadata }))
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('received')])
  }
})

test('an event of a kind we do not know is acknowledged and not stored', async () => {
  const before = await stored(organisation.id)
  expect((await deliver(organisation, { event: 'chat_started', chat: { id: 1 } })).status).toBe(200)
  expect(await stored(organisation.id)).toEqual(before)
})
