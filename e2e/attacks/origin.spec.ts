import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { auditOf, platform, superuser } from '../support/database.ts'
import { isConsole, pages, pathOf, routes } from '../support/door-paths.ts'
import { actionIds, serverActions } from '../support/doors.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { adminPath, app } from '../support/running-app.ts'
import { postCall } from '../support/sample-call.ts'
import { type Answer, freshAddress, type HeaderList, send } from '../support/send.ts'
import { postSignIn, sessionOf } from '../support/session.ts'

let sql: postgres.Sql
let organisation: Organisation
let call: string
let cookie: string
test.beforeAll(async () => {
  sql = superuser()
  organisation = await ownOrganisation()
  call = await postCall(organisation.key)
  cookie = await sessionOf(organisation.owner)
})
test.afterAll(() => sql.end())

const { hostname, port, host } = app
/** What a browser sends with a request that one of our pages did not make, and what programs try. */
const strangers: Record<string, HeaderList> = {
  'no Origin': [],
  'no Origin and a cross-site fetch': [['Sec-Fetch-Site', 'cross-site']],
  'no Origin and a same-site fetch': [['Sec-Fetch-Site', 'same-site']],
  'no Origin and a fetch from nowhere': [['Sec-Fetch-Site', 'none']],
  'the null Origin': [['Origin', 'null']],
  'a foreign Origin': [['Origin', 'https://evil.example']],
  'a foreign Origin that says it is ours': [
    ['Origin', 'https://evil.example'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['X-Forwarded-Host', 'evil.example'],
    ['Referer', `${app.origin}/sign-in`],
  ],
  'a sibling': [['Origin', `https://app.${host}`]],
  'an Origin that begins as ours': [['Origin', `${app.origin}.evil.example`]],
  'another port': [['Origin', `https://${hostname}:${port + 1}`]],
  'our name without TLS': [['Origin', `http://${host}`]],
  'our Origin with a slash': [['Origin', `${app.origin}/`]],
  'our Origin and a foreign one': [
    ['Origin', app.origin],
    ['Origin', 'https://evil.example'],
  ],
}

const form = 'application/x-www-form-urlencoded'

interface Change {
  what: string
  path: string
  headers: HeaderList
  body: string
}

/** Each way to change something through a browser door, with cookies as a browser would send them. */
function changes(): Change[] {
  const credentials = new URLSearchParams({
    email: organisation.agent.email,
    password: organisation.agent.password,
  }).toString()
  const doors = routes()
    .filter(
      ({ pattern, methods }) => !/^\/api\/(?:v1|hooks)\//.test(pattern) && methods.some((method) => method !== 'GET'),
    )
    .map(({ pattern }): Change => ({
      what: pattern,
      path: pathOf(pattern, { organisation, call }),
      headers: [['Content-Type', form]],
      body: credentials,
    }))
  const at = (pattern: string): string => pathOf(pattern, { organisation, call })
  const actions = [...serverActions(), { id: '0'.repeat(42), pages: ['/o'] }].flatMap(({ id, pages: own }) =>
    // Where it is at home, where it is not, and where nobody should look.
    [...own.filter((pattern) => !isConsole({ pattern })).map(at), '/sign-in', adminPath()].flatMap((path): Change[] => [
      {
        what: `an action at ${path === adminPath() ? 'the console' : path}`,
        path,
        headers: [
          ['Next-Action', id],
          ['Content-Type', 'text/plain;charset=UTF-8'],
        ],
        body: '[{}]',
      },
      {
        what: `an action’s form at ${path === adminPath() ? 'the console' : path}`,
        path,
        headers: [['Content-Type', 'multipart/form-data; boundary=edge']],
        body: `--edge\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--edge--\r\n`,
      },
    ]),
  )
  return [...doors, ...actions]
}

async function traces(): Promise<unknown> {
  const [sessions] =
    await sql`select count(*)::int as all, count(*) filter (where ended_at is null)::int as living from session where person_id in (${organisation.agent.personId}, ${organisation.owner.personId})`
  const done = async (org: string, person: string) =>
    (await auditOf(sql, org)).filter(
      ({ result, target, actor }) => result === 'done' && (target === person || actor === person),
    ).length
  return {
    sessions,
    own: (await auditOf(sql, organisation.id)).filter(({ result }) => result === 'done').length,
    platform: await done(platform, organisation.agent.personId),
    owners: await done(platform, organisation.owner.personId),
  }
}

test('the doors that change something are among these', () => {
  const found = changes().map(({ what }) => what)
  expect(found).toEqual(
    expect.arrayContaining([
      '/api/auth/callback/credentials',
      '/api/auth/signout',
      'an action at the console',
      'an action at /sign-in',
    ]),
  )
})

for (const [stranger, headers] of Object.entries(strangers)) {
  test(`${stranger}: no browser door that changes something opens, and nothing is written`, async () => {
    const before = await traces()
    for (const change of changes()) {
      const answer = await send({
        method: 'POST',
        path: change.path,
        from: freshAddress(),
        headers: [['Cookie', cookie], ...change.headers, ...headers],
        body: change.body,
      })
      expect([change.what, answer.status, answer.cookies]).toEqual([change.what, 403, []])
      expect(answer.text).toMatch(/did not come from|wrong_origin/)
    }
    expect(await traces()).toEqual(before)
    expect(
      (await send({ path: `/api/app/o/${organisation.slug}/calls`, headers: { Cookie: cookie } })).status,
      'the session lives',
    ).toBe(200)
  })
}

test('other verbs do not get round it', async () => {
  const before = await traces()
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
    for (const path of [
      '/api/auth/signout',
      '/api/auth/callback/credentials',
      `/api/auth/callback/credentials?email=${organisation.agent.email}&password=${organisation.agent.password}`,
    ]) {
      const answer = await send({ method, path, headers: { Cookie: cookie, 'X-HTTP-Method-Override': 'POST' } })
      expect([method, path, answer.status >= 400, answer.cookies]).toEqual([method, path, true, []])
    }
  }
  for (const path of [
    '/api/auth/session',
    '/api/auth/csrf',
    '/api/auth/providers',
    '/api/auth/signin',
    '/api/auth/signin/credentials',
    '/api/auth/callback/credentials/x',
  ]) {
    expect(
      (await send({ method: 'POST', path, headers: { Origin: app.origin, 'Content-Type': form }, body: '' })).status,
    ).toBe(404)
  }
  expect(await traces()).toEqual(before)
})

test('from our own pages the same requests go through', async () => {
  const signedIn = await postSignIn(organisation.agent)
  expect([signedIn.status, signedIn.cookies.length]).toEqual([303, 1])
  const bySite = await postSignIn(organisation.agent, { headers: { 'Sec-Fetch-Site': 'same-origin' } })
  expect(bySite.status).toBe(303)
  const own = signedIn.cookies[0]?.split(';')[0] ?? ''
  const out = await send({
    method: 'POST',
    path: '/api/auth/signout',
    headers: { Cookie: own, 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(out.status, 'Sec-Fetch-Site alone is proof enough').toBe(303)
  const answers: Answer[] = []
  for (const id of actionIds()) {
    answers.push(
      await send({
        method: 'POST',
        path: adminPath(),
        from: freshAddress(),
        headers: { Origin: app.origin, 'Next-Action': id, 'Content-Type': 'text/plain;charset=UTF-8' },
        body: '[null,{}]',
      }),
    )
  }
  expect(answers.map(({ status }) => status).every((status) => status !== 403)).toBe(true)
})

test('an action of the console, asked for from any other page, is answered as if there were none', async () => {
  for (const id of actionIds()) {
    for (const { pattern } of pages()) {
      const path = pathOf(pattern, { organisation, call })
      const answer = await send({
        method: 'POST',
        path,
        from: freshAddress(),
        headers: { Cookie: cookie, Origin: app.origin, 'Next-Action': id, 'Content-Type': 'text/plain;charset=UTF-8' },
        body: '["$K1"]',
      })
      expect(answer.text).not.toMatch(/operator/i)
      expect(answer.status).toBeLessThan(500)
    }
  }
})
