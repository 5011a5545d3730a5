import { expect, test } from '@playwright/test'
import type postgres from 'postgres'
import { z } from 'zod'

import { superuser } from '../support/database.ts'
import { hostileTexts, naughtyStrings } from '../../lib/testing/vectors.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { webLog } from '../support/running-app.ts'
import { postCall, sampleCall } from '../support/sample-call.ts'
import { type Answer, ask, json, send } from '../support/send.ts'
import { ourPages } from '../support/session.ts'

test.setTimeout(120_000)
let sql: postgres.Sql
let organisation: Organisation
let call: string
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  call = await postCall(organisation.key)
})
test.afterAll(() => sql.end())

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(organisation.key, 'POST', '/api/v1/calls', body, headers)
const addEvent = (body: unknown): Promise<Answer> => ask(organisation.key, 'POST', `/api/v1/calls/${call}/events`, body)

const unsound: string[] = []
const Refusal = z.object({ error: z.string().min(1), code: z.string().regex(/^[a-z_]+$/), request_id: z.string() })

/** Taken or turned down, never broken; and when turned down, in the one form. Judged together at the end of a test. */
function expectSound(what: string, answer: Answer): void {
  if (answer.status >= 500) unsound.push(`${what} → ${answer.status}`)
  else if (answer.status >= 400) {
    const said = Refusal.safeParse(parsed(answer.text))
    if (!said.success || said.data.request_id !== answer.headers['x-request-id'])
      unsound.push(`${what} → ${answer.text.slice(0, 200)}`)
  }
}
test.afterEach(() => expect(unsound.splice(0)).toEqual([]))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function expectFields(answer: Answer, fields: string[]): void {
  expectSound(fields.join(), answer)
  expect(answer.status, answer.text).toBe(400)
  const { detail } = z.object({ detail: z.object({ fields: z.record(z.string(), z.string()) }) }).parse(json(answer))
  expect(Object.keys(detail.fields)).toEqual(expect.arrayContaining(fields))
}

/** Several at a time: what is looked for is in the answers. */
async function each<Item>(items: readonly Item[], visit: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const item of waiting) await visit(item)
    }),
  )
}

const fillCall: Record<string, (text: string) => unknown> = {
  external_id: (text) => text,
  direction: (text) => text,
  caller: (text) => text,
  number: (text) => text,
  agent: (text) => text,
  status: (text) => text,
  started_at: (text) => text,
  ended_reason: (text) => text,
  languages: (text) => [text],
  outcome: (text) => text,
  summary: (text) => text,
  cost: (text) => ({ amount_minor: 1, currency: text }),
  transcript: (text) => [{ role: 'caller', text, at_ms: 0 }],
  recording_url: (text) => text,
  consent: (text) => ({ state: 'given', type: text }),
  metadata: (text) => ({ [text]: text, value: text }),
}

/** Several fields a request: those that take any text together, those that are read apart. */
const free = ['agent', 'outcome', 'summary', 'transcript', 'consent', 'metadata']
const read = ['direction', 'status', 'started_at', 'ended_reason', 'languages', 'cost']
const together: string[][] = [free, read, ['caller', 'number'], ['external_id'], ['recording_url']]

const filled = (fields: readonly string[], text: string): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, fillCall[field]?.(text)]))

test('naughty strings in every field of a call are taken or turned down, and what was taken can be read', async () => {
  expect(together.flat().toSorted()).toEqual(Object.keys(fillCall).toSorted())
  const taken: string[] = []
  const visit = async (fields: readonly string[], text: string): Promise<void> => {
    const answer = await post(sampleCall(filled(fields, text)))
    expectSound(`${fields.join()} = ${JSON.stringify(text).slice(0, 60)}`, answer)
    if (answer.status < 300) taken.push(String(json(answer)['id']))
  }
  await each(
    hostileTexts.flatMap((text) => Object.keys(fillCall).map((field) => [[field], text] as const)),
    (one) => visit(...one),
  )
  const strings = naughtyStrings()
  await each(
    strings.flatMap((text) => together.map((fields) => [fields, text] as const)),
    (one) => visit(...one),
  )
  expect(taken.length).toBeGreaterThan(strings.length)
  await each(
    taken.filter((_, at) => at % 20 === 0),
    async (id) => {
      for (const path of ['', '/transcript']) {
        const answer = await ask(organisation.key, 'GET', `/api/v1/calls/${id}${path}`)
        if (answer.status !== 200) unsound.push(`reading ${id} → ${answer.status}`)
      }
    },
  )
})

test('naughty strings in every field of an event, in paths, queries and headers are taken or turned down', async () => {
  const events = (text: string): Record<string, unknown>[] => [
    { type: text },
    { type: 'turn', role: 'caller', text, at_ms: 0 },
    { type: 'tool_call', name: text, at_ms: 1, result: text },
    { type: 'recording', recording_url: text },
    { type: 'dtmf', digits: text, at_ms: 1 },
    { type: 'status', status: text, at: text },
  ]
  const strings = naughtyStrings()
  await each(strings, async (text) => {
    expectSound(
      `event ${JSON.stringify(text).slice(0, 80)}`,
      await addEvent({ type: 'tool_call', name: text, at_ms: 1, result: text }),
    )
  })
  // Reads are counted per key, so of the long list only so many.
  await each([...hostileTexts, ...strings.filter((_, at) => at % 8 === 0)].slice(0, 90), async (text) => {
    for (const event of events(text)) expectSound(`event ${JSON.stringify(event).slice(0, 80)}`, await addEvent(event))
    const encoded = encodeURIComponent(text.toWellFormed())
    for (const query of [
      `status=${encoded}`,
      `cursor=${encoded}`,
      `from=${encoded}`,
      `limit=${encoded}`,
      `${encoded}=1`,
    ]) {
      expectSound(
        `query ${query.slice(0, 60)}`,
        await ask(organisation.spareKey.key, 'GET', `/api/v1/calls?${query.slice(0, 4_000)}`),
      )
    }
    expectSound(
      `header ${encoded.slice(0, 60)}`,
      await post(sampleCall(), { 'Idempotency-Key': encoded.slice(0, 300) || '-' }),
    )
    const inPath = await ask(organisation.spareKey.key, 'GET', `/api/v1/calls/${encoded.slice(0, 500)}`)
    if (inPath.status >= 500) unsound.push(`path ${encoded.slice(0, 60)} → ${inPath.status}`)
  })
  await each(hostileTexts, async (caller) => {
    expectSound(
      `lookup ${JSON.stringify(caller).slice(0, 60)}`,
      await ask(organisation.spareKey.key, 'POST', '/api/v1/callers/lookup', { caller }),
    )
  })
})

const wrongTypes: unknown[] = [null, true, 0, -1, 1.5, 1e308, '', 'x', [], ['x'], {}, { x: 1 }, [[[]]]]

test('a value of any type in any field is taken or turned down by name', async () => {
  const fields = [...Object.keys(fillCall), 'answered_at', 'ended_at']
  const shown = new Set<string>()
  await each(
    fields.flatMap((field) => wrongTypes.map((value) => [field, value] as const)),
    async ([field, value]) => {
      const answer = await post(sampleCall({ [field]: value }))
      expectSound(`${field} = ${JSON.stringify(value)}`, answer)
      if (answer.status === 400) {
        expect(answer.text, `${field} is named`).toContain(field)
        shown.add(field)
      }
    },
  )
  expect([...shown].toSorted(), 'each field minds its type').toEqual(fields.toSorted())
})

test('missing fields, unknown fields and wrong values are each named in the answer', async () => {
  expectFields(await post({}), ['external_id', 'direction', 'caller', 'number', 'agent', 'status', 'started_at'])
  expectFields(await post(sampleCall({ colour: 'red', id: 'x', org: 'y', environment: 'live' })), [
    'colour',
    'id',
    'org',
    'environment',
  ])
  expectFields(await post(sampleCall({ transcript: [{ role: 'caller', text: 'x', at_ms: 0, mood: 'good' }] })), [
    'transcript.0.mood',
  ])
  expectFields(await post(sampleCall({ transcript: [{ role: 'nobody', text: 7, at_ms: -1 }] })), [
    'transcript.0.role',
    'transcript.0.text',
    'transcript.0.at_ms',
  ])
  expectFields(await post(sampleCall({ cost: { amount_minor: 1.5, currency: 'ngn' } })), [
    'cost.amount_minor',
    'cost.currency',
  ])
  expectFields(await addEvent({ type: 'turn', role: 'caller', text: 'x', at_ms: 0, extra: 1 }), ['event.extra'])
  for (const body of ['[]', 'null', '7', '"text"', 'true', '']) expectSound(body, await post(body))
  for (const body of ['', '{', '{"a":}', "{'a':1}", '{"a":1,}', 'NaN', '\ufeff{}', '{"a":"\t"}']) {
    const answer = await post(body)
    expectSound(body, answer)
    expect(answer.status).toBe(400)
  }
  expectFields(await ask(organisation.key, 'GET', '/api/v1/calls?limit=0&status=x&from=y&colour=red'), [
    'limit',
    'status',
    'from',
    'colour',
  ])
  expect((await ask(organisation.key, 'GET', '/api/v1/calls?limit=1&limit=2')).status).toBe(400)
  expectFields(await ask(organisation.key, 'GET', '/api/v1/calls/not-an-id'), ['id'])
})

test('deep, repeated and poisonous keys change nothing but the answer', async () => {
  const before = await sql`select count(*)::int as n from call where org = ${organisation.id}`
  const text = (more: string): string => JSON.stringify(sampleCall()).replace(/\}$/, `,${more}}`)
  for (const more of [
    `"metadata":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    `"transcript":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    '"__proto__":{"admin":true}',
    '"constructor":{"prototype":{"admin":true}}',
    '"toString":"x"',
    '"hasOwnProperty":1',
  ]) {
    const answer = await post(text(more))
    expectSound(more.slice(0, 40), answer)
    expect([more.slice(0, 40), answer.status]).toEqual([more.slice(0, 40), 400])
  }
  const inherited = await post(JSON.stringify({ a: sampleCall() }).replace('"a"', '"__proto__"'))
  expect([inherited.status, json(inherited)['code']], 'fields are the body’s own, not inherited').toEqual([
    400,
    'invalid_input',
  ])
  expect(await sql`select count(*)::int as n from call where org = ${organisation.id}`).toEqual(before)
  const twice = await post(text('"agent":"the second one"'))
  expectSound('a key twice', twice)
  const poisoned = await post(text('"metadata":{"__proto__":"x","constructor":"y","toString":"z"}'))
  expectSound('metadata', poisoned)
  const plain = json(await ask(organisation.key, 'GET', `/api/v1/calls/${call}`))
  expect(Object.keys(plain)).not.toContain('admin')
  expect(Reflect.get(plain, 'admin')).toBeUndefined()
})

const Line = z.looseObject({
  request_id: z.string().optional(),
  route: z.string().optional(),
  level: z.string(),
  status: z.number().optional(),
})

test('what no form and no action can be made of is told so, on any page', async () => {
  const bodies: [string, string][] = [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=x', '--x\r\nnothing'],
    ['text/plain;charset=UTF-8', '{'],
    ['text/plain;charset=UTF-8', '["$B1"]'],
  ]
  const id = /[0-9a-f]{42}/.exec((await send({ path: '/sign-up' })).text)?.[0] ?? '40'.padEnd(42, '0')
  for (const path of ['/', '/sign-in', '/sign-up'])
    for (const [type, body] of bodies)
      for (const action of [undefined, id]) {
        const headers = {
          ...ourPages,
          'Content-Type': type,
          ...(action === undefined ? {} : { 'Next-Action': action }),
        }
        const { status } = await send({ method: 'POST', path, headers, body })
        expect(status, `${path} ${type} ${action ?? ''}`).toBeLessThan(500)
      }
})

test('nothing of it all broke anything inside', () => {
  const lines = webLog()
    .split('\n')
    .flatMap((line) => Line.safeParse(parsed(line)).data ?? [])
  const machines = new Set(lines.filter(({ route }) => route?.startsWith('/api/v1/')).map((line) => line.request_id))
  expect(machines.size).toBeGreaterThan(100)
  const broken = lines.filter(
    (line) => machines.has(line.request_id) && (line.level === 'error' || (line.status ?? 0) >= 500),
  )
  expect(broken.slice(-5)).toEqual([])
})
