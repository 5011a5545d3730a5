import { randomBytes } from 'node:crypto'

import { expect, test } from '@playwright/test'
import type postgres from 'postgres'

import { wavFile } from '../../lib/testing/audio.ts'
import { auditOf, superuser } from '../support/database.ts'
import { isConsole, pathOf, visitPage } from '../support/door-paths.ts'
import { doorNames } from '../support/doors.ts'
import { type Organisation, ownOrganisation } from '../support/organisation.ts'
import { signed } from '../support/provider-hook.ts'
import { postCall, sampleCall } from '../support/sample-call.ts'
import { comparable } from '../support/same-answer.ts'
import { type Answer, ask, json, send } from '../support/send.ts'
import { sessionOf } from '../support/session.ts'

/** What one organisation has that another could name. */
interface Ids {
  slug: string
  call: string
  token: string
  cursor: string
  keyId: string
  voiceAgent: string
  document: string
}

let sql: postgres.Sql
let theirs: Organisation
let mine: Organisation
let known: Ids
let unknown: Ids
let cookie: string
const external = `same-${randomBytes(6).toString('hex')}`

test.beforeAll(async () => {
  sql = superuser()
  theirs = await ownOrganisation()
  mine = await ownOrganisation()
  const turns = [{ role: 'caller', text: 'Only for us', at_ms: 0 }]
  const call = await postCall(theirs.key, { external_id: external, transcript: turns })
  await ask(theirs.key, 'PUT', `/api/v1/calls/${call}/recording`, wavFile({ seconds: 2 }), sound)
  await postCall(theirs.key, { transcript: turns })
  const listed = json(await ask(theirs.key, 'GET', '/api/v1/calls?limit=1'))
  const shown = json(await ask(theirs.key, 'GET', `/api/v1/calls/${call}`))
  known = {
    slug: theirs.slug,
    call,
    token: tokenOf(shown['caller']),
    cursor: String(listed['next_cursor']),
    keyId: theirs.keyId,
    voiceAgent: theirs.voiceAgent,
    document: theirs.document,
  }
  unknown = {
    slug: randomLike(theirs.slug, 'abcdefghijklmnopqrstuvwxyz0123456789'),
    call: `${call.slice(0, 24)}${randomBytes(6).toString('hex')}`,
    token: randomBytes(32).toString('base64url'),
    cursor: known.cursor,
    keyId: `${theirs.keyId.slice(0, 24)}${randomBytes(6).toString('hex')}`,
    voiceAgent: `${theirs.voiceAgent.slice(0, 24)}${randomBytes(6).toString('hex')}`,
    document: `${theirs.document.slice(0, 24)}${randomBytes(6).toString('hex')}`,
  }
  cookie = await sessionOf(mine.owner)
})
test.afterAll(() => sql.end())

function tokenOf(caller: unknown): string {
  if (typeof caller !== 'object' || caller === null || !('token' in caller)) throw new Error('the call shows no caller')
  return String(caller.token)
}

const randomLike = (text: string, letters: string): string =>
  [...randomBytes(text.length)].map((byte) => letters[byte % letters.length]).join('')

/** As the owner of my organisation, in every form a page has. */
const page = async (path: string): Promise<Answer[]> => (await visitPage(path, cookie)).map(({ answer }) => answer)
const browser = async (path: string): Promise<Answer[]> => [await send({ path, headers: { Cookie: cookie } })]
const machine = (method: string, path: string, body?: unknown): Promise<Answer[]> =>
  Promise.all([mine.key, mine.numbersKey.key, mine.testKey.key].map((key) => ask(key, method, path, body)))
const sound = { 'Content-Type': 'audio/wav' }
const uploads = (call: string): Promise<Answer[]> =>
  Promise.all(
    [mine.key, mine.testKey.key].map((key) => ask(key, 'PUT', `/api/v1/calls/${call}/recording`, wavFile(), sound)),
  )
const both = async (...asked: Promise<Answer[]>[]): Promise<Answer[]> => (await Promise.all(asked)).flat()

interface Case {
  /** Naming these ids; each answer must equal the one for ids that nobody has. */
  asks: (ids: Ids) => Promise<Answer[]>
  /** Of the first answer. Later forms of a page may say what any page says before it is looked for. */
  status?: number
}

const holdsNoId: Case = { asks: () => Promise.resolve([]) }

const cases: Record<string, Case> = {
  'GET /': holdsNoId,
  'GET /kit': holdsNoId,
  'GET /sign-in': holdsNoId,
  'GET /sign-up': holdsNoId,
  // Its token is a secret of its own; team.db.test.ts tries those of others.
  'GET /invitation/[token]': holdsNoId,
  'GET /o': holdsNoId,
  'GET /o/[org]': { asks: ({ slug }) => page(`/o/${slug}`) },
  'GET /o/[org]/calls': { asks: ({ slug }) => page(`/o/${slug}/calls`) },
  'GET /o/[org]/audit': { asks: ({ slug }) => page(`/o/${slug}/audit`) },
  'GET /o/[org]/config': { asks: ({ slug }) => page(`/o/${slug}/config`) },
  'GET /o/[org]/config/[agent]': {
    asks: ({ slug, voiceAgent }) =>
      both(page(`/o/${slug}/config/${voiceAgent}`), page(`/o/${mine.slug}/config/${voiceAgent}`)),
  },
  'GET /o/[org]/knowledge': { asks: ({ slug }) => page(`/o/${slug}/knowledge`) },
  'GET /o/[org]/knowledge/[document]': {
    asks: ({ slug, document }) =>
      both(page(`/o/${slug}/knowledge/${document}`), page(`/o/${mine.slug}/knowledge/${document}`)),
  },
  'GET /o/[org]/numbers': { asks: ({ slug }) => page(`/o/${slug}/numbers`) },
  'GET /o/[org]/developers': { asks: ({ slug }) => page(`/o/${slug}/developers`) },
  'GET /o/[org]/providers': { asks: ({ slug }) => page(`/o/${slug}/providers`) },
  'GET /o/[org]/settings': { asks: ({ slug }) => page(`/o/${slug}/settings`) },
  'GET /o/[org]/team': { asks: ({ slug }) => page(`/o/${slug}/team`) },
  'GET /o/[org]/follow-ups': { asks: ({ slug }) => page(`/o/${slug}/follow-ups`) },
  'GET /o/[org]/calls/[call]': {
    asks: ({ slug, call }) => both(page(`/o/${slug}/calls/${call}`), page(`/o/${mine.slug}/calls/${call}`)),
  },
  'GET /api/app/o/[org]/calls': { asks: ({ slug }) => browser(`/api/app/o/${slug}/calls`) },
  'GET /api/app/o/[org]/calls/[call]/recording': {
    asks: ({ slug, call }) =>
      both(
        browser(`/api/app/o/${slug}/calls/${call}/recording`),
        browser(`/api/app/o/${mine.slug}/calls/${call}/recording`),
      ),
  },
  'GET /api/app/o/[org]/stream': { asks: ({ slug }) => browser(`/api/app/o/${slug}/stream`) },
  'GET /api/v1/calls': {
    status: 200,
    asks: ({ token, cursor }) =>
      both(machine('GET', `/api/v1/calls?caller=${token}`), machine('GET', `/api/v1/calls?cursor=${cursor}`)),
  },
  'POST /api/v1/calls': holdsNoId,
  'GET /api/v1/calls/[id]': {
    asks: ({ call, keyId }) => both(machine('GET', `/api/v1/calls/${call}`), machine('GET', `/api/v1/calls/${keyId}`)),
  },
  'GET /api/v1/calls/[id]/transcript': { asks: ({ call }) => machine('GET', `/api/v1/calls/${call}/transcript`) },
  'POST /api/v1/calls/[id]/events': {
    asks: ({ call }) =>
      both(
        machine('POST', `/api/v1/calls/${call}/events`, { type: 'status', status: 'failed' }),
        machine('POST', `/api/v1/calls/${call}/events`, { type: 'turn', role: 'agent', text: 'planted', at_ms: 1 }),
      ),
  },
  'PUT /api/v1/calls/[id]/recording': { asks: ({ call }) => uploads(call) },
  'POST /api/v1/callers/lookup': holdsNoId,
  'POST /api/hooks/[kind]/[token]': holdsNoId,
  'GET /api/health/live': holdsNoId,
  'GET /api/health/ready': holdsNoId,
  'POST /api/auth/callback/credentials': holdsNoId,
  'POST /api/auth/signout': holdsNoId,
}

test('every door has its case here', () => {
  const withoutConsole = doorNames().filter((name) => !isConsole({ pattern: name.split(' ')[1] ?? '' }))
  expect(Object.keys(cases).toSorted()).toEqual(withoutConsole.toSorted())
})

for (const [door, { asks, status = 404 }] of Object.entries(cases).filter(([, one]) => one !== holdsNoId)) {
  test(`${door} answers another organisation’s id as it answers one nobody has`, async () => {
    const [ofTheirs, ofNobody] = [await asks(known), await asks(unknown)]
    expect(ofTheirs[0]?.status).toBe(status)
    for (const [at, answer] of ofTheirs.entries()) {
      const nobodys = ofNobody[at]
      expect(comparable(answer, Object.values(known))).toBe(nobodys && comparable(nobodys, Object.values(unknown)))
      expect(answer.whole).not.toContain('Only for us')
    }
  })
}

test('the ids are real: their own owner and key reach each of them', async () => {
  const own = await sessionOf(theirs.owner)
  const inside = { organisation: theirs, call: known.call }
  const recording = '/api/app/o/[org]/calls/[call]/recording'
  for (const pattern of [
    '/o/[org]/calls',
    '/o/[org]/calls/[call]',
    '/o/[org]/config/[agent]',
    '/o/[org]/knowledge/[document]',
    '/api/app/o/[org]/calls',
    recording,
  ]) {
    const answer = await send({ path: pathOf(pattern, inside), headers: { Cookie: own } })
    expect([pattern, answer.status]).toEqual([pattern, 200])
  }
  for (const path of [`/api/v1/calls/${known.call}`, `/api/v1/calls/${known.call}/transcript`]) {
    expect([path, (await ask(theirs.key, 'GET', path)).status]).toEqual([path, 200])
  }
  const { text } = await ask(theirs.key, 'GET', `/api/v1/calls?caller=${known.token}`)
  expect(text).toContain(known.call)
})

test('the same external id in another organisation is another call', async () => {
  const answer = await ask(mine.key, 'POST', '/api/v1/calls', sampleCall({ external_id: external, status: 'failed' }))
  expect(answer.status).toBe(201)
  expect(json(answer)['id']).not.toBe(known.call)
  expect(json(await ask(theirs.key, 'GET', `/api/v1/calls/${known.call}`))['status']).toBe('in_progress')
})

test('the same caller has another token in another organisation', async () => {
  const caller = { caller: '+234 803 555 0142' }
  const [one, other] = [
    json(await ask(theirs.key, 'POST', '/api/v1/callers/lookup', caller)),
    json(await ask(mine.key, 'POST', '/api/v1/callers/lookup', caller)),
  ]
  expect(one['token']).toBe(known.token)
  expect(other['token']).not.toBe(one['token'])
})

test('events signed with another organisation’s secret do not enter', async () => {
  const before = await sql`select count(*)::int as n from call_event where org = ${theirs.id}`
  const body = JSON.stringify({ event: 'call_ended', call: { call_id: 'call_x', call_status: 'ended', metadata: {} } })
  const answer = await send({
    method: 'POST',
    path: theirs.provider.path,
    headers: await signed(body, mine.provider.secret),
    body,
  })
  expect(answer.status).toBe(401)
  expect(await sql`select count(*)::int as n from call_event where org = ${theirs.id}`).toEqual(before)
})

test('the trail of an attempt lies with whoever tried, never with whom it was tried on', async () => {
  const count = async () => (await auditOf(sql, theirs.id)).length
  const before = await count()
  await both(
    machine('GET', `/api/v1/calls/${known.call}/transcript`),
    browser(`/api/app/o/${theirs.slug}/calls`),
    browser(`/o/${theirs.slug}/calls/${known.call}`),
  )
  expect(await count()).toBe(before)
})
