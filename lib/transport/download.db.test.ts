import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'

import { GET as getRecording } from '../../app/api/app/o/[org]/calls/[call]/recording/route.ts'
import { ingestCall } from '../features/calls/index.ts'
import { storeRecording } from '../features/recordings/index.ts'
import { Playback } from '../features/recordings/shapes.ts'
import { hub } from '../guard/live-hub.ts'
import { perActor } from '../guard/limits.ts'
import { command, oncePerTarget, recorded } from '../guard/use-case.ts'
import { wavFile } from '../testing/audio.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'
import { expectRefused } from '../testing/refused.ts'
import { testSession, type TestSession } from '../testing/session-cookie.ts'
import { download } from './download.ts'
import { startHearing } from './system.ts'

const sql = superuserSql()
const file = wavFile({ seconds: 60, marker: 'spoken' })
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
let call: string
beforeEach(async () => {
  org = await testOrganisation()
  session = await testSession(org.agent)
  const told = await runAs(ingestCall, org.keyActor, {
    external_id: 'one',
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  })
  call = told.call.id
  const body = new Blob([Uint8Array.from(file)]).stream()
  await runAs(storeRecording, org.keyActor, { id: call, body, content_type: 'audio/wav' })
})

const ask = (headers: Record<string, string> = {}, { method = 'GET', slug = org.slug, cookie = session.cookie } = {}) =>
  getRecording(
    new Request(`https://localhost:8443/api/app/o/${slug}/calls/${call}/recording`, {
      method,
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
    }),
    { params: Promise.resolve({ org: slug, call }) },
  )
const heads = (answer: Response) => Object.fromEntries(answer.headers)
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('a door that sends bytes', () => {
  test('sends the whole to who asks for nothing else, with its length and for no cache', async () => {
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(heads(answer)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(file.length),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    })
    expect((await bytesOf(answer)).equals(file)).toBe(true)
  })

  test('sends the part that is asked for and says which it is', async () => {
    const answer = await ask({ range: 'bytes=100000-100999' })
    expect(answer.status).toBe(206)
    expect(heads(answer)).toMatchObject({
      'content-length': '1000',
      'content-range': `bytes 100000-100999/${file.length}`,
    })
    expect((await bytesOf(answer)).equals(file.subarray(100_000, 101_000))).toBe(true)
  })

  test('sends the whole when the part is wanted on a condition: it has given no mark to hold against it', async () => {
    const answer = await ask({ range: 'bytes=0-9', 'if-range': '"anything"' })
    expect([answer.status, (await bytesOf(answer)).length]).toEqual([200, file.length])
  })

  test('answers HEAD with the head alone', async () => {
    const answer = await ask({}, { method: 'HEAD' })
    expect([answer.status, answer.body, answer.headers.get('content-length')]).toEqual([200, null, String(file.length)])
  })

  test.each([
    ['past the end', 'bytes=9999999-'],
    ['backwards', 'bytes=5-4'],
    ['two', 'bytes=0-1,5-6'],
    ['five hundred', `bytes=${'0-,'.repeat(500)}0-`],
    ['the last nothing', 'bytes=-0'],
  ])('says how long it is when there is no such part: %s', async (_, range) => {
    const answer = await ask({ range })
    expect(answer.headers.get('content-range')).toBe(`bytes */${file.length}`)
    await expectRefused(answer, 416, 'range_not_satisfiable')
  })

  test('is shut to strangers, and shows another organisation’s people nothing', async () => {
    await expectRefused(ask({}, { cookie: '' }), 401, 'auth_required')
    const theirs = await testSession(other.owner)
    await expectRefused(ask({}, { cookie: theirs.cookie }), 404, 'not_found')
    await expectRefused(ask({}, { cookie: theirs.cookie, slug: other.slug }), 404, 'not_found')
  })
})

describe('while bytes leave', () => {
  const deny = () =>
    plant(
      sql,
      org.id,
      org.agent.memberId,
      (tx) => tx`insert into member_toggle (org, member_id, permission, effect)
        values (${org.id}, ${org.agent.memberId}, 'calls.view', 'deny')`,
    )

  test('a permission that is taken away cuts them off', async () => {
    const reader = (await ask()).body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    await deny()
    await sql`select pg_notify('orinode_access', '{"kind":"member"}')`
    const rest = async (): Promise<number> => {
      for (let count = 0; ; count += 1) {
        const step = await reader?.read()
        if (step?.done !== false) return count
        // A slow listener: the news has time to arrive.
        await sql`select pg_sleep(0.02)`
      }
    }
    await expect(rest()).rejects.toMatchObject({ code: 'forbidden' })
  })

  /** Begun: its reader, and whether what it comes from was closed. */
  async function begun() {
    const closed = vi.fn(() => Promise.resolve({ done: true as const, value: undefined }))
    const endless = { next: () => Promise.resolve({ done: false as const, value: new Uint8Array(9) }), return: closed }
    const sent = {
      content_type: 'audio/wav',
      size: 100,
      part: { from: 0, to: 99, is_whole: true },
      bytes: { [Symbol.asyncIterator]: () => endless },
    }
    const door = download(
      command({
        name: 'test.send',
        allow: 'calls.view',
        limit: perActor(1_000, 'minute'),
        audit: oncePerTarget('test.sent'),
        input: z.unknown(),
        output: Playback,
        run: () => Promise.resolve(recorded(sent, { target: call, isFirst: false })),
      }),
      () => null,
    )
    const request = new Request('https://localhost:8443/api/app/o/x/y', { headers: { cookie: session.cookie } })
    const reader = (await door(request, { params: Promise.resolve({ org: org.slug }) })).body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(9)
    return { reader, closed }
  }

  test('a refusal closes what they come from', async () => {
    const { reader, closed } = await begun()
    await deny()
    for (const look of hub().onRecheck) look(null)
    await expect(reader?.read()).rejects.toMatchObject({ code: 'forbidden' })
    expect(closed).toHaveBeenCalledOnce()
  })

  test('and so does whoever leaves', async () => {
    const { reader, closed } = await begun()
    expect(closed).not.toHaveBeenCalled()
    await reader?.cancel()
    expect(closed).toHaveBeenCalledOnce()
  })
})
