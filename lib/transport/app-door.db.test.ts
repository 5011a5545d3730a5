import { beforeAll, describe, expect, test } from 'vitest'

import { GET as listCalls } from '../../app/api/app/o/[org]/calls/route.ts'
import { findSession, signOut } from '../features/identity/index.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { expectRefused, someText } from '../testing/refused.ts'
import { testSession } from '../testing/session-cookie.ts'
import { sessionCookie } from './session-cookie.ts'

let org: TestOrganisation
let other: TestOrganisation
let cookie: string
beforeAll(async () => {
  ;[org, other] = [await testOrganisation(), await testOrganisation()]
  cookie = (await testSession(org.agent)).cookie
})

const ask = (slug: string, headers: Record<string, string> = {}, query = '') =>
  listCalls(new Request(`https://localhost:8443/api/app/o/${slug}/calls${query}`, { headers }), {
    params: Promise.resolve({ org: slug }),
  })

describe('our own browser code', () => {
  test('signed in, has its organisation’s calls', async () => {
    const answer = await ask(org.slug, { cookie })
    expect([answer.status, await answer.json()]).toEqual([200, { data: [], next_cursor: null, request_id: someText }])
  })

  test.each([
    '',
    'x',
    `${sessionCookie}=`,
    `${sessionCookie}=x`,
    `${sessionCookie}=${'a.'.repeat(3_000)}`,
    'next-auth.session-token=x',
  ])('without a session is turned away: %j', async (given) => {
    await expectRefused(ask(org.slug, given === '' ? {} : { cookie: given }), 401, 'auth_required')
  })

  test('with two session cookies is nobody: whoever planted the second is not to choose', async () => {
    const another = (await testSession(org.owner)).cookie
    for (const given of [`${cookie}; ${another}`, `${cookie}; ${cookie}`]) {
      await expectRefused(ask(org.slug, { cookie: given }), 401, 'auth_required')
    }
    expect((await ask(org.slug, { cookie: `theme=dark; ${cookie}; a=b` })).status).toBe(200)
  })

  test('is not let in by an API key instead', async () => {
    await expectRefused(ask(org.slug, { 'x-api-key': org.key }), 401, 'auth_required')
  })

  test('finds another organisation exactly as it finds none: 404, same body, same headers', async () => {
    const seen = async (slug: string) => {
      const answer = await ask(slug, { cookie, 'x-request-id': '01a20c96-0bc9-7d5a-a081-764e9b9ed96e' })
      return [answer.status, [...answer.headers], await answer.text()]
    }
    const unknown = await seen('abcdefghijkmn2')
    expect(unknown[0]).toBe(404)
    for (const slug of [other.slug, 'x', '', org.slug.toUpperCase(), `${org.slug} `, "' or true --", 'platform00000']) {
      expect(await seen(slug), slug).toEqual(unknown)
    }
  })

  test('signed out, has nothing from the very next request on', async () => {
    const session = await testSession(org.owner)
    expect((await ask(org.slug, { cookie: session.cookie })).status).toBe(200)
    const found = await findSession(session.sessionId)
    await runAs(signOut, { ...org.owner.actor, sessionHash: found?.sessionHash ?? Buffer.alloc(32) }, {})
    await expectRefused(ask(org.slug, { cookie: session.cookie }), 401, 'auth_required')
    expect((await ask(org.slug, { cookie })).status).toBe(200)
  })

  test('is told what is wrong with a question in the one form', async () => {
    expect(await expectRefused(ask(org.slug, { cookie }, '?limit=0&mood=good'), 400, 'invalid_input')).toEqual({
      limit: someText,
      mood: 'is not a field here',
    })
  })
})
