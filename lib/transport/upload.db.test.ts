import { randomBytes, randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { PUT as putRecording } from '../../app/api/v1/calls/[id]/recording/route.ts'
import { ingestCall } from '../features/calls/index.ts'
import { isUuid } from '../kernel/ids.ts'
import { wavFile } from '../testing/audio.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { expectRefused } from '../testing/refused.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})

const callOf = async ({ keyActor }: TestOrganisation) =>
  (
    await runAs(ingestCall, keyActor, {
      external_id: randomUUID(),
      direction: 'inbound',
      caller: '+2348035550142',
      number: '+2342017001234',
      agent: 'Desk',
      status: 'completed',
      started_at: '2026-11-24T09:00:00Z',
    })
  ).call.id

/** Says whether anybody began to read it. */
function watchedBody(bytes: Uint8Array) {
  const seen = { isRead: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.isRead = true
        controller.enqueue(bytes)
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, seen }
}

interface Put {
  key?: string | null
  headers?: Record<string, string>
  body?: BodyInit | null
  query?: string
}
const put = (id: string, { key = org.key, headers = {}, body = Uint8Array.from(wavFile()), query = '' }: Put = {}) =>
  putRecording(
    new Request(`https://localhost:8443/api/v1/calls/${id}/recording${query}`, {
      method: 'PUT',
      headers: {
        'x-orinode-address': `10.${[...randomBytes(3)].join('.')}`,
        'content-type': 'audio/wav',
        ...(key === null ? {} : { 'x-api-key': key }),
        ...headers,
      },
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    }),
    { params: Promise.resolve({ id }) },
  )

describe('a door that takes a file', () => {
  test('answers 201 with what it took, and 200 when it has it already', async () => {
    const id = await callOf(org)
    const first = await put(id, { headers: { 'x-duration-ms': '77' } })
    const said = (await first.json()) as Record<string, unknown>
    expect(first.status).toBe(201)
    expect(said).toMatchObject({ call_id: id, codec: 'wav/pcm', bytes: 16_044, duration_ms: 1_000 })
    expect([said['id'], said['request_id']].every((one) => isUuid(String(one)))).toBe(true)
    const again = await put(id)
    expect([again.status, ((await again.json()) as Record<string, unknown>)['id']]).toEqual([200, said['id']])
    await expectRefused(put(id, { body: Uint8Array.from(wavFile({ seconds: 2 })) }), 409, 'conflict')
  })

  test('reads no byte of who has no key, a wrong one, or one for something else', async () => {
    const id = await callOf(org)
    const reader = await testKey(org.id, { scopes: ['calls.view'] })
    for (const [key, status, code] of [
      [null, 401, 'auth_required'],
      [`ori_live_${'x'.repeat(49)}`, 401, 'invalid_key'],
      [reader.key, 403, 'forbidden'],
      [other.key, 404, 'not_found'],
    ] as const) {
      const { body, seen } = watchedBody(wavFile())
      await expectRefused(put(id, { key, body }), status, code)
      expect(seen.isRead, String(status)).toBe(false)
    }
  })

  test('takes a key nowhere but in its header, and no query at all', async () => {
    const id = await callOf(org)
    await expectRefused(put(id, { key: null, query: `?api_key=${org.key}` }), 400, 'key_in_query')
    expect(await expectRefused(put(id, { query: '?name=a.wav' }), 400, 'invalid_input')).toEqual({
      query: 'must be empty',
    })
  })

  test.each([
    ['', 415, 'unsupported_type'],
    ['text/html', 415, 'unsupported_type'],
    ['audio/mpeg', 415, 'unsupported_type'],
    ['multipart/form-data; boundary=x', 415, 'unsupported_type'],
  ])('believes no Content-Type that the bytes contradict: %j', async (type, status, code) => {
    await expectRefused(put(await callOf(org), { headers: { 'content-type': type } }), status, code)
  })

  test.each(['-1', 'x', '86400001', '1e9'])('takes no length such as %j', async (length) => {
    await expectRefused(put(await callOf(org), { headers: { 'x-duration-ms': length } }), 400, 'invalid_input')
  })

  test('takes no call by another name than its id', async () => {
    for (const id of ['..', '../../etc/passwd', 'x'.repeat(300), `${await callOf(org)}/../x`])
      await expectRefused(put(encodeURIComponent(id)), 400, 'invalid_input')
  })

  test('that breaks off in the middle leaves no recording', async () => {
    const id = await callOf(org)
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(wavFile({ seconds: 9 }))
        controller.error(new Error('The request ended before its body did.'))
      },
    })
    await expectRefused(put(id, { body }), 400, 'invalid_input')
    expect(await sql`select id from recording where call_id = ${id}`).toEqual([])
  })
})
