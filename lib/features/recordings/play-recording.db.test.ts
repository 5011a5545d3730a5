import { readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { processKms } from '../../platform/kms/process-kms.ts'
import { wavFile } from '../../testing/audio.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, type TestMember, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { plant } from '../../testing/plant.ts'
import { purgeOrganisation } from '../../vault/key-cache.ts'
import { OpenStream } from '../../vault/segment-stream.ts'
import { isVaultError } from '../../vault/vault-error.ts'
import { deleteRecording, playRecording } from './index.ts'
import { bytesOf, objectsOf, play, storedCall } from './recordings.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
const file = wavFile({ seconds: 30, marker: 'a voice, or nearly' })
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})

const playedBy = async (id: string, where = org) =>
  (
    await sql<{ actor: string }[]>`
      select actor from audit_entry where org = ${where.id} and target = ${id} and action = 'recording.played'
      order by recorded_at`
  ).map(({ actor }) => actor)

const withToggles = (who: TestMember, toggles: Record<string, 'allow' | 'deny'>) => ({
  ...who.actor,
  membership: who.actor.membership && { ...who.actor.membership, toggles },
})

describe('playing', () => {
  test('gives the bytes that came in, whole and in any part', async () => {
    const id = await storedCall(org, file)
    const whole = await play(org, id)
    expect(whole).toMatchObject({ content_type: 'audio/wav', size: file.length, part: { from: 0, is_whole: true } })
    expect((await bytesOf(whole.bytes)).equals(file)).toBe(true)
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=16351-16352', 16_351, 16_353],
      ['bytes=100000-200000', 100_000, 200_001],
      ['bytes=-5', file.length - 5, file.length],
      [`bytes=${file.length - 1}-`, file.length - 1, file.length],
    ] as const) {
      const part = await play(org, id, range)
      expect((await bytesOf(part.bytes)).equals(file.subarray(from, to)), range).toBe(true)
    }
  })

  test('is written down once for a person and a call, however many parts they ask for at once', async () => {
    const id = await storedCall(org, file)
    await Promise.all(Array.from({ length: 12 }, (_, at) => play(org, id, `bytes=${at * 1_000}-`)))
    expect(await playedBy(id)).toEqual([org.agent.actor.id])
    await play(org, id, null, org.admin.actor)
    expect(await playedBy(id)).toEqual([org.agent.actor.id, org.admin.actor.id])
    const another = await storedCall(org, file)
    await play(org, another)
    expect(await playedBy(another)).toEqual([org.agent.actor.id])
  })

  test.each([
    [9, 1],
    [11, 2],
  ])('again, %i minutes after the last entry, leaves %i of them', async (minutes, count) => {
    const id = await storedCall(org, file)
    await sql`insert into audit_entry (org, recorded_at, actor_kind, actor, action, target, result, request_id, body)
      values (${org.id}, now() - make_interval(mins => ${minutes}), 'person', ${org.agent.actor.id}, 'recording.played', ${id}, 'done', gen_random_uuid(), 'x'::bytea)`
    await play(org, id)
    expect(await playedBy(id)).toHaveLength(count)
  })

  test('has its entry committed before a byte can be had', async () => {
    const id = await storedCall(org, file)
    const { bytes } = await play(org, id)
    expect(await playedBy(id)).toHaveLength(1)
    expect(await bytesOf(bytes)).toHaveLength(file.length)
  })

  test('is not what somebody does who asks for the head, or for a part there is not', async () => {
    const id = await storedCall(org, file)
    const head = await runAs(playRecording, org.agent.actor, { id, range: null, is_head: true })
    expect(head).toMatchObject({ size: file.length })
    for (const range of ['bytes=99999999-', 'bytes=0-1,5-6', 'bytes=-0'])
      expect(await play(org, id, range)).toMatchObject({ part: null, size: file.length })
    expect(await playedBy(id)).toEqual([])
  })
})

describe('who may play', () => {
  test('everybody who may see calls, and nobody else', async () => {
    const id = await storedCall(org, file)
    for (const { actor } of [org.owner, org.admin, org.agent])
      expect(await outcomeOf(play(org, id, null, actor))).toBe('done')
    expect(await outcomeOf(play(org, id, null, withToggles(org.agent, { 'calls.view': 'deny' })))).toBe('forbidden')
    expect(await outcomeOf(play(org, id, null, withToggles(org.admin, { 'calls.view': 'deny' })))).toBe('forbidden')
  })

  test('another organisation finds nothing, by the call’s id or the recording’s', async () => {
    const id = await storedCall(org, file)
    const [row] = await sql<{ id: string }[]>`select id from recording where call_id = ${id}`
    for (const { actor } of [other.owner, other.agent]) {
      expect(await outcomeOf(play(other, id, null, actor))).toBe('not_found')
      expect(await outcomeOf(play(other, row?.id ?? '', null, actor))).toBe('not_found')
    }
    expect(await playedBy(id, other)).toEqual([])
  })
})

describe('a recording that somebody touched', () => {
  const objectOf = async (id: string) => {
    const [row] = await sql<{ id: string }[]>`select id from recording where call_id = ${id}`
    return objectsOf(org).find((path) => path.endsWith(row?.id ?? 'none')) ?? ''
  }

  test.each([
    ['cut by a segment', (bytes: Buffer) => bytes.subarray(0, bytes.length - 16_384)],
    ['cut by a byte', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['made longer', (bytes: Buffer) => Buffer.concat([bytes, bytes.subarray(74)])],
    ['emptied', () => Buffer.alloc(0)],
    ['with another header', (bytes: Buffer) => Buffer.concat([Buffer.alloc(74, 1), bytes.subarray(74)])],
  ])('%s is refused before its first byte, and nobody is said to have heard it', async (_, change) => {
    const id = await storedCall(org, file)
    const path = await objectOf(id)
    writeFileSync(path, change(readFileSync(path)))
    expect(await outcomeOf(play(org, id))).toBe('internal')
    expect(await playedBy(id)).toEqual([])
  })

  test('in the middle is cut off there', async () => {
    const id = await storedCall(org, file)
    const path = await objectOf(id)
    const bytes = readFileSync(path)
    bytes[74 + 16_384 * 3 + 100] = (bytes[74 + 16_384 * 3 + 100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const { bytes: pieces } = await play(org, id)
    const came: Uint8Array[] = []
    const failure = await (async () => {
      for await (const piece of pieces) came.push(piece)
    })().catch((error: unknown) => error)
    expect(isVaultError(failure) && failure.kind).toBe('tampered')
    expect(Buffer.concat(came).equals(file.subarray(0, 3 * 16_352))).toBe(true)
  })

  test('and put in another’s place is refused', async () => {
    const [one, two] = [await storedCall(org, file), await storedCall(org, file)]
    const [from, to] = [await objectOf(one), await objectOf(two)]
    writeFileSync(to, readFileSync(from))
    expect(await outcomeOf(play(org, two))).toBe('internal')
    const keys = 'key_sealed = (select key_sealed from recording where call_id = '
    await plant(
      sql,
      org.id,
      two,
      (tx) => tx`update recording set ${tx.unsafe(`${keys}'${one}')`)} where call_id = ${two}`,
    )
    expect(await outcomeOf(play(org, two)), 'its key with it').toBe('internal')
    expect(await outcomeOf(play(org, one))).toBe('done')
  })

  test('is bound to what its row says of it', async () => {
    const id = await storedCall(org, file)
    await plant(sql, org.id, id, (tx) => tx`update recording set rate = 16000 where call_id = ${id}`)
    expect(await outcomeOf(play(org, id))).toBe('internal')
  })
})

test('a key that is withdrawn while somebody listens stops them at the next segment', async () => {
  const own = await testOrganisation()
  const id = await storedCall(own, file)
  const { bytes } = await play(own, id)
  const pieces = bytes[Symbol.asyncIterator]()
  expect((await pieces.next()).value).toHaveLength(16_352)
  const [key] = await sql<{ kms_key: string }[]>`select kms_key from tenant_key where org = ${own.id} limit 1`
  await processKms().disableKey(key?.kms_key ?? '')
  purgeOrganisation(own.id)
  const failure = await pieces.next().catch((error: unknown) => error)
  expect(isVaultError(failure) && failure.kind).toBe('revoked')
  expect(await outcomeOf(play(own, id))).toBe('key_disabled')
  expect(await outcomeOf(play(org, await storedCall(org, file))), 'others are untouched').toBe('done')
})

test('a recording that is deleted while somebody listens is heard no further', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const id = await storedCall(org, file)
    const opened = vi.spyOn(OpenStream.prototype, 'range')
    const pieces = (await play(org, id)).bytes[Symbol.asyncIterator]()
    expect((await pieces.next()).value).toHaveLength(16_352)
    const source: unknown = opened.mock.results.at(-1)?.value
    const closed = vi.spyOn(source as ReturnType<OpenStream['range']>, 'return') // what range() gave
    vi.advanceTimersByTime(1_000)
    expect((await pieces.next()).value, 'while it is there').toHaveLength(16_352)
    await runAs(deleteRecording, org.owner.actor, { id })
    vi.advanceTimersByTime(1_000)
    expect(closed).not.toHaveBeenCalled()
    expect(await pieces.next().catch((error: unknown) => error)).toMatchObject({ code: 'not_found' })
    expect(closed, 'its source is closed').toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
    vi.restoreAllMocks()
  }
})
