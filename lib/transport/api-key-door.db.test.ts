import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { GET as listCalls } from '../../app/api/v1/calls/route.ts'
import { revokeKey } from '../features/api-keys/index.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'
import { expectRefused } from '../testing/refused.ts'
import { testSession } from '../testing/session-cookie.ts'
import { toldCall } from '../testing/told-call.ts'
import { callsDoor, home, noParams } from './v1-calls.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})

const { get, headersOf, post, postRaw } = callsDoor(() => org.key)

describe('who asks', () => {
  test('without a key is turned away, with what to do', async () => {
    await expectRefused(get('', { key: null }), 401, 'auth_required')
    await expectRefused(post(toldCall(), { key: null }), 401, 'auth_required')
  })

  test('with two keys is asked to choose one', async () => {
    const two = await testKey(org.id)
    const headers = headersOf()
    headers.append('x-api-key', two.key)
    const fields = await expectRefused(listCalls(new Request(home, { headers }), noParams), 400, 'invalid_input')
    expect(Object.keys(fields)).toEqual(['x-api-key'])
  })

  test('with a key that is none, unknown or revoked is told the same', async () => {
    const gone = await testKey(org.id)
    await plant(
      sql,
      org.id,
      gone.id,
      (tx) => tx`update api_key set revoked_at = now() where org = ${org.id} and id = ${gone.id}`,
    )
    const other = org.key.endsWith('0') ? '1' : '0'
    for (const key of ['', 'x', org.key.slice(0, -1) + other, org.key.toUpperCase(), gone.key]) {
      await expectRefused(get('', { key }), 401, 'invalid_key')
    }
  })

  test('is never told by a cookie: a signed-in browser without a key is a stranger here', async () => {
    const { cookie } = await testSession(org.owner)
    await expectRefused(get('', { key: null, headers: { cookie } }), 401, 'auth_required')
    const agentOnly = await testKey(org.id, { scopes: ['calls.view'] })
    await expectRefused(post(toldCall(), { key: agentOnly.key, headers: { cookie } }), 403, 'forbidden')
  })

  test('has nothing read that they send before they are known', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1_024))
      },
    })
    await expectRefused(postRaw(endless, { key: null }), 401, 'auth_required')
    expect(pulled).toBeLessThanOrEqual(1)
  })
})

describe('a key in a URL', () => {
  test.each(['api_key=', 'X-API-Key=', 'apikey=x', 'x_api_key=', 'APIKEY=1'])(
    'is refused for its name alone: ?%s',
    async (query) => {
      await expectRefused(get(`?${query}`), 400, 'key_in_query')
      await expectRefused(get(`?limit=1&${query}`, { key: null }), 400, 'key_in_query')
    },
  )

  test('is refused under any name, as a name, in the middle of a value, escaped, and beside a good header', async () => {
    const exposed = await testKey(org.id)
    const other = await testOrganisation()
    const { key } = exposed
    const places = [
      `q=${key}`,
      `${key}=1`,
      key,
      `limit=1&cursor=Bearer%20${key}.`,
      `q=${key.replaceAll('_', '%5F')}`,
      `q=a&q=${key}`,
    ]
    for (const place of places) {
      const answer = await get(`?${place}`, { key: other.key })
      expect(await answer.clone().text()).not.toContain(key)
      await expectRefused(answer, 400, 'key_in_query')
    }
    await expectRefused(post(toldCall(), {}, `?q=${key}`), 400, 'key_in_query')
    const entries = await sql<{ org: string; action: string; actor: string; body: Uint8Array }[]>`
      select org, action, actor, body from audit_entry where api_key_id = ${exposed.id} or position(${exposed.id} in encode(body, 'escape')) > 0`
    const refusals = entries.filter(({ action }) => action === 'access.refused')
    expect(refusals).toHaveLength(places.length + 1)
    for (const refusal of refusals) {
      expect(refusal.org).toBe(org.id)
      expect(JSON.parse(Buffer.from(refusal.body).toString())).toMatchObject({
        facts: { code: 'key_in_query', exposed_key: exposed.id },
      })
      expect(Buffer.from(refusal.body).toString()).not.toContain(key)
    }
  })

  test('that is nobody’s is refused all the same', async () => {
    await expectRefused(get('?q=ori_live_abcd'), 400, 'key_in_query')
    await expectRefused(get(`?q=ori_test_${'a'.repeat(49)}`), 400, 'key_in_query')
  })

  test('is not seen where there is none', async () => {
    expect((await get('?limit=1')).status).toBe(200)
    await expectRefused(get('?keyboard=1'), 400, 'invalid_input')
  })
})

test('a withdrawn key that is still used shuts out no valid one behind the same address', async () => {
  const headers = { 'x-orinode-address': '192.0.2.77' }
  const { key, id } = await testKey(org.id)
  const { key: valid } = await testKey(org.id)
  await runAs(revokeKey, org.owner.actor, { id })
  const answers = await Promise.all(Array.from({ length: 40 }, () => get('', { key, headers })))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]))
  expect((await get('', { key: valid, headers })).status).toBe(200)
})

describe('wrong keys', () => {
  test('are counted by where they come from: the thirty-first in a minute is told to wait, a right one is not', async () => {
    const headers = { 'x-orinode-address': '192.0.2.30' }
    for (let attempt = 0; attempt < 30; attempt += 1)
      await expectRefused(get('', { key: 'wrong', headers }), 401, 'invalid_key')
    const late = await get('', { key: 'wrong', headers })
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    await expectRefused(late, 429, 'rate_limited')
    expect((await get('', { key: 'wrong', headers: { 'x-orinode-address': '192.0.2.31' } })).status).toBe(401)
  })
})
