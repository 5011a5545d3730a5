import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { GET as getCall } from '../../app/api/v1/calls/[id]/route.ts'
import { isUuid, newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { testKey, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { expectRefused } from '../testing/refused.ts'
import { toldCall } from '../testing/told-call.ts'
import { callsDoor, home } from './v1-calls.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

const { get, headersOf, post, postRaw } = callsDoor(() => org.key)
const callsOf = async ({ id }: TestOrganisation) =>
  (await sql<{ count: number }[]>`select count(*)::int from call where org = ${id}`)[0]?.count

describe('a body', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    'application/jsonp',
    'text/json',
    ' ',
  ])('that does not say it is JSON is refused: %j', async (type) => {
    await expectRefused(post(toldCall(), { headers: { 'content-type': type } }), 415, 'unsupported_type')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'may say so in these words: %s',
    async (type) => {
      expect((await post(toldCall(), { headers: { 'content-type': type } })).status).toBe(201)
    },
  )

  test.each([
    ['nothing', ''],
    ['half of one', '{"external_id":"x"'],
    ['two', '{}{}'],
    ['JavaScript', "{external_id:'x'}"],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('that is %s is no JSON', async (_, raw) => {
    expect(await expectRefused(postRaw(raw), 400, 'invalid_input')).toEqual({ body: 'must be JSON in UTF-8' })
  })

  test.each(['[]', '[{}]', '"text"', '7', 'true', 'null'])('that is JSON but no object is refused: %s', async (raw) => {
    expect(await expectRefused(postRaw(raw), 400, 'invalid_input')).toEqual({ body: 'must be an object' })
  })

  test('over one MiB is refused as it comes, whatever length it said', async () => {
    const mebibyte = 1024 * 1024
    const padded = (length: number) => JSON.stringify({ pad: '' }).replace('""', `"${'x'.repeat(length - 10)}"`)
    expect(padded(mebibyte)).toHaveLength(mebibyte)
    await expectRefused(postRaw(padded(mebibyte + 1)), 413, 'too_large')
    await expectRefused(postRaw(new Blob([padded(mebibyte + 1)]).stream()), 413, 'too_large')
    expect(await expectRefused(postRaw(padded(mebibyte)), 400, 'invalid_input')).toHaveProperty('pad')
  })

  test('is told which fields are not known here, and no digits of theirs', async () => {
    const fields = await expectRefused(
      post(
        toldCall({
          mood: 'good',
          'phone 0803 555 0142': 1,
          transcript: [{ role: 'caller', text: 'x', at_ms: 0, tone: 1 }],
        }),
      ),
      400,
      'invalid_input',
    )
    expect(fields).toEqual({
      mood: 'is not a field here',
      'phone [number removed]': 'is not a field here',
      'transcript.0.tone': 'is not a field here',
    })
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'finds no back door in a field named %s',
    async (name) => {
      const raw = JSON.stringify({ ...toldCall(), agent: undefined }).replace(
        '{',
        `{"${name}":{"agent":"Desk","is_admin":true},`,
      )
      expect(Object.keys(await expectRefused(postRaw(raw), 400, 'invalid_input'))).toEqual(
        expect.arrayContaining([name, 'agent']),
      )
      expect(Reflect.get({}, 'is_admin')).toBeUndefined()
    },
  )

  test('with half a surrogate pair in any text is taken, and the half is not kept', async () => {
    const raw = JSON.stringify({
      ...toldCall(),
      external_id: 'id-HALF',
      agent: 'a HALF',
      summary: 'HALF and \\ud800',
      metadata: { HALF: 'HALF' },
    }).replaceAll('HALF', '\\ud83d')
    const answer = await postRaw(raw, { headers: { 'idempotency-key': 'half' } })
    expect([answer.status, await answer.json()]).toMatchObject([201, { external_id: 'id-\ufffd', agent: 'a \ufffd' }])
  })
})

describe('a query', () => {
  test('that names a field twice is refused: two readers could read two things', async () => {
    expect(await expectRefused(get('?limit=1&limit=2'), 400, 'invalid_input')).toHaveProperty('query')
    await expectRefused(get('?status=busy&status=busy'), 400, 'invalid_input')
  })

  test.each(['mood', 'organisation', '__proto__', 'constructor'])('is told that %s is no field', async (name) => {
    expect(await expectRefused(get(`?${name}=1`), 400, 'invalid_input')).toEqual({ [name]: 'is not a field here' })
  })
})

describe('an Idempotency-Key', () => {
  test.each([
    ['empty', ''],
    ['with a space', 'a b'],
    ['beyond ASCII', 'caf\u00e9'],
    ['too long', 'x'.repeat(256)],
  ])('that is %s is refused', async (_, key) => {
    const before = await callsOf(org)
    expect(
      Object.keys(await expectRefused(post(toldCall(), { headers: { 'idempotency-key': key } }), 400, 'invalid_input')),
    ).toEqual(['idempotency-key'])
    expect(await callsOf(org)).toBe(before)
  })

  test('brings the same answer again, marked as such, and makes nothing twice', async () => {
    const [sent, headers] = [toldCall(), { 'idempotency-key': 'x'.repeat(255) }]
    const first = await post(sent, { headers })
    const before = await callsOf(org)
    const again = await post(sent, { headers })
    const [one, two] = [(await first.json()) as { request_id: string }, (await again.json()) as { request_id: string }]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(two).toEqual({ ...one, idempotent_replay: true, request_id: two.request_id })
    expect(one).not.toHaveProperty('idempotent_replay')
    expect(await callsOf(org)).toBe(before)
  })

  test('used for something else is refused; another key’s is its own', async () => {
    const headers = { 'idempotency-key': 'mine' }
    expect((await post(toldCall(), { headers })).status).toBe(201)
    await expectRefused(post(toldCall(), { headers }), 422, 'idempotency_mismatch')
    const other = await testKey(org.id)
    expect((await post(toldCall(), { headers, key: other.key })).status).toBe(201)
  })
})

describe('an answer', () => {
  test('is 201 for a call that is new and 200 for one that was known', async () => {
    const sent = toldCall()
    const [first, again] = [await post(sent), await post({ ...sent, summary: 'Asked for an order.' })]
    expect([first.status, again.status]).toEqual([201, 200])
    const [one, two] = [
      (await first.json()) as { id: string; external_id: string },
      (await again.json()) as { id: string; external_id: string },
    ]
    expect(two).toMatchObject({ id: one.id, external_id: sent.external_id })
  })

  test('carries the request id the front gave, in header and body, and one of its own where that is none', async () => {
    const requestId = newId<'request'>()
    for (const [answer, status] of [
      [await get('', { headers: { 'x-request-id': requestId } }), 200],
      [await get('?limit=0', { headers: { 'x-request-id': requestId } }), 400],
    ] as const) {
      expect([answer.status, answer.headers.get('x-request-id'), await answer.json()]).toMatchObject([
        status,
        requestId,
        { request_id: requestId },
      ])
    }
    const own = (await get('', { headers: { 'x-request-id': '<script>' } })).headers.get('x-request-id') ?? ''
    expect(isUuid(own)).toBe(true)
  })

  test('is the same for a call that is not there and one that is another organisation’s', async () => {
    const other = await testOrganisation()
    const theirs = (await (await post(toldCall(), { key: other.key })).json()) as { id: string }
    const ask = async (id: string) => {
      const answer = await getCall(
        new Request(`${home}/${id}`, {
          headers: headersOf({ headers: { 'x-request-id': '01a20c96-0bc9-7d5a-a081-764e9b9ed96e' } }),
        }),
        { params: Promise.resolve({ id }) },
      )
      return [answer.status, Object.fromEntries(answer.headers), await answer.text()]
    }
    expect(await ask(theirs.id)).toEqual(await ask(newId()))
    expect((await ask(theirs.id))[0]).toBe(404)
  })
})
