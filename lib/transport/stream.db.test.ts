import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { GET as listCalls } from '../../app/api/app/o/[org]/calls/route.ts'
import { GET as openStream } from '../../app/api/app/o/[org]/stream/route.ts'
import { hub } from '../guard/live-hub.ts'
import { ingestCall } from '../features/calls/index.ts'
import { findSession, signOut } from '../features/identity/index.ts'
import { pool } from '../platform/db/pool.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestMember, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'
import { expectRefused } from '../testing/refused.ts'
import { testSession, type TestSession } from '../testing/session-cookie.ts'
import { endStreams, startHearing } from './system.ts'

// Far fewer connections than windows: a stream that held one would leave none for anybody else.
vi.hoisted(() => {
  process.env['DATABASE_POOL_MAX'] = '2'
})

const sql = superuserSql()
let other: TestOrganisation
let stopHearing: (() => Promise<void>) | undefined
beforeAll(async () => {
  other = await testOrganisation()
  stopHearing = await startHearing('orinode_web')
})
afterAll(async () => {
  await stopHearing?.()
  await sql.end()
})

// Permissions are taken away here, so each test has people of its own.
let org: TestOrganisation
let session: TestSession
beforeEach(async () => {
  org = await testOrganisation()
  session = await testSession(org.agent)
})

interface Heard {
  event: string
  data: Record<string, string>
}
interface Window {
  status: number
  heard: Heard[]
  isOver: boolean
  close: () => Promise<void>
}
const windows: Window[] = []
afterEach(async () => {
  await Promise.all(windows.splice(0).map((one) => one.close()))
})

const request = (slug: string, cookie: string | null, { since, ...more }: RequestInit & { since?: number } = {}) =>
  openStream(
    new Request(`https://localhost:8443/api/app/o/${slug}/stream${since === undefined ? '' : `?since=${since}`}`, {
      headers: cookie === null ? {} : { cookie },
      ...more,
    }),
    { params: Promise.resolve({ org: slug }) },
  )

/** A browser window that listens. Answers once it has heard its first beat. */
async function watch(slug = org.slug, cookie = session.cookie, more: { since?: number } = {}): Promise<Window> {
  const answer = await request(slug, cookie, more)
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader || answer.status !== 200) throw new Error(`no stream: ${answer.status}`)
  const one: Window = { status: answer.status, heard: [], isOver: false, close: () => reader.cancel() }
  windows.push(one)
  const listening = async (): Promise<void> => {
    let rest = ''
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const messages = (rest + piece.value).split('\n\n')
      rest = messages.pop() ?? ''
      one.heard.push(...messages.map(heardFrom))
    }
    one.isOver = true
  }
  listening().catch(() => {})
  await vi.waitFor(() => expect(one.heard).not.toEqual([]))
  return one
}

function heardFrom(message: string): Heard {
  const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(message) ?? []
  return { event, data: JSON.parse(data) as Heard['data'] }
}

const withoutBeats = ({ heard }: Window) => heard.filter(({ event }) => event !== 'beat' && event !== 'missed')
const endOf = async (one: Window): Promise<Heard[]> => {
  await vi.waitFor(() => expect(one.isOver).toBe(true), { timeout: 5_000 })
  return withoutBeats(one)
}

let told = 0
const ring = async ({ keyActor }: TestOrganisation) =>
  (
    await runAs(ingestCall, keyActor, {
      external_id: `c-${++told}`,
      direction: 'inbound',
      caller: '+2348035550142',
      number: '+2342017001234',
      agent: 'Desk',
      status: 'ringing',
      started_at: '2026-11-24T09:00:00Z',
    })
  ).call.id

async function leave(member: TestMember, { sessionId }: TestSession): Promise<void> {
  const found = await findSession(sessionId)
  await runAs(signOut, { ...member.actor, sessionHash: found?.sessionHash ?? Buffer.alloc(32) }, {})
}
const deny = () =>
  plant(
    sql,
    org.id,
    org.agent.memberId,
    (tx) =>
      tx`insert into member_toggle (org, member_id, permission, effect) values (${org.id}, ${org.agent.memberId}, 'calls.view', 'deny')`,
  )
const aMoment: unknown = expect.stringMatching(/^\d{13}$/)
const tellOfAccess = () => sql`select pg_notify('orinode_access', '{"kind":"member"}')`

describe('an open window', () => {
  test('hears a beat first, then which call is new: an id and nothing else', async () => {
    const one = await watch()
    expect(one.heard[0]).toEqual({ event: 'beat', data: { at: aMoment } })
    const id = await ring(org)
    await vi.waitFor(() => expect(withoutBeats(one)).toEqual([{ event: 'call', data: { id } }]))
  })

  test('is told that it may have missed something when access changed and nobody knows whose', async () => {
    const one = await watch(org.slug, session.cookie, { since: Date.now() })
    const before = one.heard.filter(({ event }) => event === 'missed').length
    await tellOfAccess()
    await vi.waitFor(() => expect(one.heard.filter(({ event }) => event === 'missed')).toHaveLength(before + 1))
  })

  test('hears no beat while its process does not hear the database', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const one = await watch()
    const beats = () => one.heard.filter(({ event }) => event === 'beat').length
    const { listening } = hub()
    if (!listening) throw new Error('this process listens')
    vi.spyOn(listening, 'isHeard').mockReturnValueOnce(false)
    vi.advanceTimersByTime(5_000)
    vi.advanceTimersByTime(5_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(beats()).toBe(2))
    await ring(org)
    await vi.waitFor(() => expect(withoutBeats(one)).toHaveLength(1))
    expect(beats(), 'one of two was withheld').toBe(2)
  })

  test('hears nothing of another organisation’s calls', async () => {
    const [one, theirs] = [await watch(), await watch(other.slug, (await testSession(other.agent)).cookie)]
    const foreign = await ring(other)
    await vi.waitFor(() => expect(withoutBeats(theirs)).toEqual([{ event: 'call', data: { id: foreign } }]))
    // Told after it, so that whatever came of the foreign call is here by now.
    const id = await ring(org)
    await vi.waitFor(() => expect(withoutBeats(one)).not.toEqual([]))
    expect(withoutBeats(one)).toEqual([{ event: 'call', data: { id } }])
    expect(withoutBeats(theirs)).toHaveLength(1)
  })

  test('says that it was signed out, and is over; the person’s other sessions go on', async () => {
    const another = await testSession(org.agent)
    const [one, stays] = [await watch(), await watch(org.slug, another.cookie)]
    await leave(org.agent, session)
    expect(await endOf(one)).toEqual([{ event: 'end', data: { reason: 'signed_out' } }])
    const id = await ring(org)
    await vi.waitFor(() => expect(withoutBeats(stays)).toEqual([{ event: 'call', data: { id } }]))
    expect(withoutBeats(one)).toHaveLength(1)
  })

  test('says that it may not watch any more once a permission is taken, and is over; colleagues watch on', async () => {
    const colleague = await watch(org.slug, (await testSession(org.admin)).cookie)
    const one = await watch()
    await deny()
    await tellOfAccess()
    expect(await endOf(one)).toEqual([{ event: 'end', data: { reason: 'not_allowed' } }])
    await ring(org)
    await vi.waitFor(() => expect(withoutBeats(colleague)).toHaveLength(1))
  })

  test('goes on when somebody’s access changed and theirs did not', async () => {
    const one = await watch()
    await tellOfAccess()
    await ring(org)
    await vi.waitFor(() => expect(withoutBeats(one)).toHaveLength(1))
    expect(withoutBeats(one)[0]?.event).toBe('call')
  })

  test('is over for a change that is told while an older answer is still on its way', async () => {
    const one = await watch()
    const answers = holdNext('member_find')
    await tellOfAccess()
    await vi.waitFor(() => expect(answers.asked()).toBe(1))
    await deny()
    await tellOfAccess()
    // The line is in order: once this call is heard, so was the notice before it.
    await ring(org)
    await vi.waitFor(() => expect(withoutBeats(one)).toHaveLength(1))
    answers.release()
    expect((await endOf(one)).at(-1)).toEqual({ event: 'end', data: { reason: 'not_allowed' } })
  })

  test('that cannot be looked after is over without a word about what it may', async () => {
    const one = await watch()
    vi.spyOn(pool().sql, 'unsafe').mockImplementationOnce(() => {
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
    })
    await tellOfAccess()
    expect(await endOf(one)).toEqual([])
  })

  test('is over when its process leaves, so that nobody waits for it', async () => {
    const one = await watch()
    endStreams()
    expect(await endOf(one)).toEqual([])
  })

  test('holds no connection of the database: twelve of them leave two for everybody else', async () => {
    await Promise.all(Array.from({ length: 12 }, () => watch()))
    const held = () => sql<{ count: number }[]>`
      select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'orinode_web' and state <> 'idle'`
    await vi.waitFor(async () => expect(await held()).toEqual([{ count: 0 }]))
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        listCalls(
          new Request(`https://localhost:8443/api/app/o/${org.slug}/calls`, { headers: { cookie: session.cookie } }),
          { params: Promise.resolve({ org: org.slug }) },
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200))
  })

  /** Runs the next look-up that names `part` at once and keeps its answer back until told. */
  function holdNext(part: string): { asked: () => number; release: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { sql: from } = pool()
    const ask = from.unsafe.bind(from)
    let asked = 0
    vi.spyOn(from, 'unsafe').mockImplementation((...given) => {
      const query = ask(...given)
      if (!given[0].includes(part) || ++asked > 1) return query
      const answer = query.then((rows) => promise.then(() => rows))
      return answer as unknown as typeof query // awaited and nothing else
    })
    return { asked: () => asked, release: resolve }
  }
})

describe('too many windows', () => {
  test('of one person are refused from the thirteenth on, until one is closed; nobody else’s are', async () => {
    const twelve = await Promise.all(Array.from({ length: 12 }, () => watch()))
    const refused = await request(org.slug, session.cookie)
    expect(refused.headers.get('retry-after')).toBe('10')
    await expectRefused(refused, 429, 'rate_limited')
    // Another session of the same person is the same person.
    await expectRefused(request(org.slug, (await testSession(org.agent)).cookie), 429, 'rate_limited')
    expect((await watch(org.slug, (await testSession(org.admin)).cookie)).status).toBe(200)
    await twelve[0]?.close()
    expect((await watch()).status).toBe(200)
    await expectRefused(request(org.slug, session.cookie), 429, 'rate_limited')
  })

  test('are not made of windows that ended, were left, or went away while they were being opened', async () => {
    await Promise.all(Array.from({ length: 12 }, () => watch()))
    endStreams()
    for (let visit = 0; visit < 13; visit += 1) {
      const leaving = new AbortController()
      const answer = await request(org.slug, session.cookie, { signal: leaving.signal })
      expect(answer.status).toBe(200)
      leaving.abort()
    }
    for (let visit = 0; visit < 13; visit += 1) {
      expect((await request(org.slug, session.cookie, { signal: AbortSignal.abort() })).status).toBe(200)
    }
    expect((await request(org.slug, session.cookie, { method: 'HEAD' })).body).toBeNull()
    await Promise.all(Array.from({ length: 12 }, () => watch()))
  })
})

describe('a window is not opened', () => {
  test('without a session, in an organisation that is not theirs, or without the permission', async () => {
    await expectRefused(request(org.slug, null), 401, 'auth_required')
    await expectRefused(request(org.slug, '__Host-orinode.session=x'), 401, 'auth_required')
    await expectRefused(request(other.slug, session.cookie), 404, 'not_found')
    await expectRefused(request('abcdefghijkmn2', session.cookie), 404, 'not_found')
    await deny()
    await expectRefused(request(org.slug, session.cookie), 403, 'forbidden')
  })
})
