import { randomBytes } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { plant } from '../../lib/testing/plant.ts'
import { auditOf, superuser } from '../support/database.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { postCall, sampleCall } from '../support/sample-call.ts'
import { type Answer, ask, freshAddress, json, send } from '../support/send.ts'
import { sessionOf } from '../support/session.ts'
import { wordsInDatabase, wordsInFiles } from '../support/storage.ts'

test.setTimeout(90_000)
let sql: postgres.Sql
let organisation: Organisation
let call: string
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  call = await postCall(organisation.key, { transcript: [{ role: 'agent', text: 'Good day', at_ms: 0 }] })
})
test.afterAll(() => sql.end())

/** Every machine door there is, as somebody with a key asks. */
const machineDoors = (): [method: string, path: string, body?: unknown][] => [
  ['GET', '/api/v1/calls'],
  ['POST', '/api/v1/calls', sampleCall()],
  ['GET', `/api/v1/calls/${call}`],
  ['GET', `/api/v1/calls/${call}/transcript`],
  ['POST', `/api/v1/calls/${call}/events`, { type: 'status', status: 'in_progress' }],
  ['POST', '/api/v1/callers/lookup', { caller: '+2348035550142' }],
]

test('with its key every machine door opens', async () => {
  for (const [method, path, body] of machineDoors()) {
    const answer = await ask(organisation.key, method, path, body)
    expect([method, path, [200, 201].includes(answer.status)]).toEqual([method, path, true])
  }
})

const placesInQuery: Record<string, (key: string) => string> = {
  'as api_key': (key) => `api_key=${key}`,
  'as apikey in capitals': (key) => `APIKEY=${key}`,
  'as x-api-key': (key) => `x-api-key=${key}`,
  'as a parameter of any name': (key) => `q=${key}`,
  'after others': (key) => `limit=5&status=failed&t=${key}`,
  'before others': (key) => `t=${key}&limit=5`,
  'as the name itself': (key) => key,
  'as a name with a value': (key) => `${key}=1`,
  'inside a longer value': (key) => `redirect=https://a.example/?k=${key}/x`,
  'percent-encoded': (key) => `k=${Array.from(key, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}`,
  'after a plus': (key) => `k=a+${key}`,
  'with semicolons': (key) => `a=1;k=${key}`,
}

test('a key in a query string is refused wherever it stands, written down for its owner, and kept nowhere', async () => {
  const { key, id } = organisation.spareKey
  for (const [title, place] of Object.entries(placesInQuery)) {
    for (const [method, path, body] of machineDoors()) {
      const answer = await ask(organisation.key, method, `${path}?${place(key)}`, body)
      expect([title, method, path, answer.status]).toEqual([title, method, path, 400])
      expect(json(answer)).toMatchObject({ code: 'key_in_query', request_id: answer.headers['x-request-id'] })
      expect(answer.whole).not.toContain(key.slice(9, 40))
    }
    expect((await send({ path: `/api/v1/calls?${place(key)}` })).status, `${title}, alone`).toBe(400)
  }
  for (const name of ['api_key', 'apikey', 'api-key', 'X-API-Key']) {
    expect(
      json(await ask(organisation.key, 'GET', `/api/v1/calls?${name}=anything`)),
      'a name that asks for a key',
    ).toMatchObject({ code: 'key_in_query' })
  }
  const told = (await auditOf(sql, organisation.id)).filter(
    ({ result, body }) => result === 'refused' && body.includes('key_in_query'),
  )
  expect(told.length).toBeGreaterThan(0)
  expect(
    told.some(({ body }) => body.includes(id)),
    'its owner reads which key',
  ).toBe(true)

  const session = await sessionOf(organisation.owner)
  for (const path of [
    '/',
    '/sign-in',
    `/o/${organisation.slug}/calls`,
    `/api/app/o/${organisation.slug}/calls`,
    '/api/health/live',
    '/nowhere',
    organisation.provider.path,
    `/${key}`,
    `/api/v1/calls/${key}`,
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await send({
        method,
        path: `${path}?api_key=${key}`,
        headers: { Cookie: session, Referer: `https://localhost/?k=${key}` },
      })
      expect(answer.status).toBeLessThan(500)
    }
  }
  const scratch = `scratch ${randomBytes(12).toString('hex')}`
  await sql`select ${scratch}::text`
  await sql`create table public.scratch_for_keys as select ${scratch}::text as words`
  expect(await wordsInDatabase(sql, [scratch]), 'the search finds what is there').not.toEqual([])
  expect(await wordsInFiles(sql, [scratch])).not.toEqual([])
  await sql`drop table public.scratch_for_keys`
  const parts = [key, key.slice(9, 52)]
  expect(await wordsInDatabase(sql, parts)).toEqual([])
  expect(await wordsInFiles(sql, parts)).toEqual([])
})

test('two X-API-Key headers are refused, the same key twice too', async () => {
  for (const other of [organisation.spareKey.key, organisation.key, '', 'x']) {
    const answer = await send({
      path: '/api/v1/calls',
      headers: [
        ['X-API-Key', organisation.key],
        ['X-API-Key', other],
      ],
    })
    expect([other.length, answer.status]).toEqual([other.length, 400])
    expect(json(answer)['code']).toBe('invalid_input')
  }
})

const swapped = (key: string, at: number): string =>
  key.slice(0, at) + (key[at] === 'a' ? 'b' : 'a') + key.slice(at + 1)

test('what is not quite a key is no key', async () => {
  const { key } = organisation
  const before = await auditOf(sql, organisation.id)
  for (const wrong of [
    swapped(key, 57),
    swapped(key, 20),
    key.slice(0, -1),
    `${key}a`,
    key.toUpperCase(),
    key.replace('ori_live_', 'ori_test_'),
    key.replace('ori_', 'sk_'),
    '',
    'x'.repeat(9_000),
    `Bearer ${key}`,
    "' or 1=1 --",
  ]) {
    const answer = await ask(wrong, 'GET', '/api/v1/calls', undefined, { from: freshAddress() })
    expect([wrong.length, answer.status]).toEqual([wrong.length, 401])
    expect(['invalid_key', 'auth_required']).toContain(json(answer)['code'])
  }
  for (const headers of [
    { Authorization: `Bearer ${key}` },
    { Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    { 'Api-Key': key },
    { Cookie: `X-API-Key=${key}` },
    {},
  ]) {
    const answer = await send({ path: '/api/v1/calls', headers })
    expect([answer.status, json(answer)['code']]).toEqual([401, 'auth_required'])
  }
  expect((await auditOf(sql, organisation.id)).length, 'no organisation is told of keys that are nobody’s').toBe(
    before.length,
  )
})

const changes: Record<string, (id: string, key: string) => Promise<unknown>> = {
  revoked: (id) => plant(sql, organisation.id, id, (tx) => tx`update api_key set revoked_at = now() where id = ${id}`),
  expired: (id) =>
    plant(
      sql,
      organisation.id,
      id,
      (tx) => tx`update api_key set expires_at = now() - interval '1 second' where id = ${id}`,
    ),
}

for (const [title, change] of Object.entries(changes)) {
  test(`a key that was ${title} opens nothing from the moment that is told`, async () => {
    const fresh = await ownOrganisation()
    const { key, id } = fresh.spareKey
    organisation = fresh
    call = await postCall(fresh.key)
    expect((await ask(key, 'GET', '/api/v1/calls')).status).toBe(200)
    await change(id, key)
    await sql`select pg_notify('orinode_access', ${JSON.stringify({ kind: 'api_key', organisation: fresh.id })})`
    await expect
      .poll(async () => (await ask(key, 'GET', '/api/v1/calls', undefined, { from: freshAddress() })).status, {
        timeout: 2_000,
      })
      .toBe(401)
    for (const [method, path, body] of machineDoors()) {
      const answer = await ask(key, method, path, body, { from: freshAddress() })
      expect([method, path, answer.status, json(answer)['code']]).toEqual([method, path, 401, 'invalid_key'])
    }
    expect((await ask(fresh.key, 'GET', '/api/v1/calls')).status, 'its neighbour still does').toBe(200)
  })
}

test('a session opens no machine door, and a key no browser door', async () => {
  const cookie = await sessionOf(organisation.owner)
  for (const [method, path, body] of machineDoors()) {
    const answer = await send({
      method,
      path,
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    expect([path, answer.status, answer.cookies]).toEqual([path, 401, []])
    const withBoth = await send({
      method,
      path,
      headers: {
        Cookie: `${cookie}; __Host-orinode.session=x`,
        'X-API-Key': organisation.key,
        'Content-Type': 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    expect([path, withBoth.status < 300, withBoth.cookies]).toEqual([path, true, []])
  }
  for (const path of [`/api/app/o/${organisation.slug}/calls`, `/api/app/o/${organisation.slug}/stream`]) {
    expect((await ask(organisation.key, 'GET', path)).status).toBe(401)
  }
})

test('a test key lives in a world of its own: live calls are not there for it, nor its calls for a live key', async () => {
  const live = await postCall(organisation.key, { transcript: [{ role: 'agent', text: 'live words', at_ms: 0 }] })
  const external = `shared-${randomBytes(5).toString('hex')}`
  const liveToo = await postCall(organisation.key, { external_id: external })
  const trial = await postCall(organisation.testKey.key, { external_id: external })
  expect(trial, 'the same outside name is another call').not.toBe(liveToo)
  const unknown = `${live.slice(0, 24)}${randomBytes(6).toString('hex')}`
  const plain = ({ status, text }: Answer) => [status, text.replace(/"request_id":"[^"]+"/, '')]
  for (const [key, hidden] of [
    [organisation.testKey.key, live],
    [organisation.testKey.key, liveToo],
    [organisation.key, trial],
  ] as const) {
    expect((await ask(key, 'GET', '/api/v1/calls?limit=100')).text).not.toContain(hidden)
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/transcript'],
      ['POST', '/events', { type: 'status', status: 'failed' }],
    ] as const) {
      const answer = await ask(key, method, `/api/v1/calls/${hidden}${path}`, body)
      expect(answer.status).toBe(404)
      expect(plain(answer)).toEqual(plain(await ask(key, method, `/api/v1/calls/${unknown}${path}`, body)))
    }
  }
  for (const environment of ['live', 'test']) {
    const { text } = await ask(organisation.testKey.key, 'GET', `/api/v1/calls?environment=${environment}`)
    expect(text, 'asking does not help').not.toContain(live)
  }
  expect((await ask(organisation.testKey.key, 'GET', `/api/v1/calls/${trial}`)).status).toBe(200)
})
