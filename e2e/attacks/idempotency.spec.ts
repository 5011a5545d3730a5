import { randomUUID } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { sampleCall } from '../support/sample-call.ts'
import { type Answer, ask, json } from '../support/send.ts'

let sql: postgres.Sql
let organisation: Organisation
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
})
test.afterAll(() => sql.end())

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(organisation.key, 'POST', '/api/v1/calls', body, headers)

test('the same Idempotency-Key and body give the same answer, another body 422, and five at once one call', async () => {
  const body = sampleCall()
  const key = { 'Idempotency-Key': randomUUID() }
  const [first, again] = [await post(body, key), await post(body, key)]
  expect([first.status, again.status]).toEqual([201, 201])
  const { idempotent_replay, request_id, ...kept } = json(again)
  const { request_id: firstId, ...given } = json(first)
  expect(idempotent_replay).toBe(true)
  expect(kept).toEqual(given)
  expect(request_id).not.toBe(firstId)
  const reordered = await post(Object.fromEntries(Object.entries(body).toReversed()), key)
  expect([reordered.status, json(reordered)['idempotent_replay']], 'the order of fields is no difference').toEqual([
    201,
    true,
  ])
  const other = await post({ ...body, agent: 'Somebody else' }, key)
  expect([other.status, json(other)['code']]).toEqual([422, 'idempotency_mismatch'])
  const elsewhere = await ask(
    organisation.key,
    'POST',
    `/api/v1/calls/${String(given['id'])}/events`,
    { type: 'status', status: 'completed' },
    key,
  )
  expect([elsewhere.status, json(elsewhere)['code']]).toEqual([422, 'idempotency_mismatch'])
  const someoneElse = await ask(organisation.spareKey.key, 'POST', '/api/v1/calls', sampleCall(), key)
  expect([someoneElse.status, json(someoneElse)['idempotent_replay']], 'another API key has its own').toEqual([
    201,
    undefined,
  ])

  const once = sampleCall()
  const five = await Promise.all(
    Array.from({ length: 5 }, () => post(once, { 'Idempotency-Key': `five-${String(once['external_id'])}` })),
  )
  expect(new Set(five.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(five.map((answer) => json(answer)['id'])).size).toBe(1)
  expect(five.filter((answer) => json(answer)['idempotent_replay'] === true)).toHaveLength(4)
  const [{ n } = { n: 0 }] =
    await sql`select count(*)::int as n from call_event where org = ${organisation.id} and call_id = ${String(json(five[0] ?? first)['id'])}`
  expect(n).toBe(1)

  const failed = { 'Idempotency-Key': randomUUID() }
  expect((await post({}, failed)).status).toBe(400)
  expect((await post(sampleCall(), failed)).status, 'a refusal is not kept').toBe(201)
  for (const odd of ['', ' ', 'é', 'x'.repeat(256), 'a b'])
    expect([201, 400]).toContain(
      (await post(sampleCall(), { 'Idempotency-Key': Buffer.from(odd).toString('latin1') })).status,
    )
})

test('one external id told by five at once is one call', async () => {
  const body = sampleCall()
  const five = await Promise.all(Array.from({ length: 5 }, (_, at) => post({ ...body, summary: `told ${at}` })))
  expect(five.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 200, 200, 200, 201])
  expect(new Set(five.map((answer) => json(answer)['id'])).size).toBe(1)
})
