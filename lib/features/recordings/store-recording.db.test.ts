import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { settings } from '../../platform/env.ts'
import { processKms } from '../../platform/kms/process-kms.ts'
import { mp3File, opusFile, wavFile } from '../../testing/audio.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { purgeOrganisation } from '../../vault/key-cache.ts'
import { deleteRecording, findRecording, storeRecording } from './index.ts'
import { callOf, objectsOf, piecesOf, storedCall, uploadOf } from './recordings.test-support.ts'
import { mostBytes } from './shapes.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})

const entriesOf = (id: string, action: string) =>
  sql<{ actor: string }[]>`select actor from audit_entry where target = ${id} and action = ${action}`

describe('a recording that comes', () => {
  test('is stored with what its own bytes say of it, told and written down once', async () => {
    const id = await callOf(org)
    const file = wavFile({ seconds: 30 })
    const before = objectsOf(org).length
    const { recording, is_new } = await runAs(storeRecording, org.keyActor, uploadOf(id, file, { duration_ms: '5' }))
    expect(is_new).toBe(true)
    expect(recording).toMatchObject({
      call_id: id,
      codec: 'wav/pcm',
      content_type: 'audio/wav',
      bytes: file.length,
      duration_ms: 30_000,
    })
    expect(objectsOf(org)).toHaveLength(before + 1)
    expect(await entriesOf(id, 'recording.stored')).toEqual([{ actor: org.keyActor.id }])
    const events = await sql<{ payload: unknown }[]>`
      select payload from outbox_event where org = ${org.id} and type = 'recording.ready' and payload->>'call_id' = ${id}`
    expect(events).toEqual([{ payload: { call_id: id, recording_id: recording.id } }])
    expect(await runAs(findRecording, org.agent.actor, { id })).toEqual({ recording, may_delete: false })
    expect(await runAs(findRecording, org.admin.actor, { id })).toEqual({ recording, may_delete: true })
  })

  test('takes the client’s word for its length where the file has none', async () => {
    const id = await callOf(org)
    const beginning = opusFile().subarray(0, 40)
    const told = uploadOf(id, beginning, { content_type: 'audio/ogg', duration_ms: '4000' })
    const { recording } = await runAs(storeRecording, org.keyActor, told)
    expect(recording).toMatchObject({ codec: 'ogg/opus', duration_ms: 4_000 })
  })

  test('the same again changes nothing, another is a conflict, and both leave one object', async () => {
    const id = await callOf(org)
    const file = wavFile({ seconds: 3 })
    const first = await runAs(storeRecording, org.keyActor, uploadOf(id, file))
    const before = objectsOf(org)
    const again = await runAs(storeRecording, org.keyActor, uploadOf(id, file))
    expect(again).toEqual({ recording: first.recording, is_new: false })
    expect(await outcomeOf(runAs(storeRecording, org.keyActor, uploadOf(id, wavFile({ seconds: 4 }))))).toBe('conflict')
    expect(objectsOf(org)).toEqual(before)
    expect(await entriesOf(id, 'recording.stored')).toHaveLength(1)
  })

  test('twice at once is one recording', async () => {
    const id = await callOf(org)
    const before = objectsOf(org).length
    const both = await Promise.all(
      [1, 2].map(() => runAs(storeRecording, org.keyActor, uploadOf(id, wavFile({ seconds: 5 })))),
    )
    expect(both.filter(({ is_new }) => is_new)).toHaveLength(1)
    expect(both[0]?.recording).toEqual(both[1]?.recording)
    expect(objectsOf(org)).toHaveLength(before + 1)
  })

  test('may be stored again once it was deleted', async () => {
    const id = await storedCall(org, wavFile({ seconds: 1 }))
    await runAs(deleteRecording, org.admin.actor, { id })
    expect(await entriesOf(id, 'recording.deleted')).toEqual([{ actor: org.admin.actor.id }])
    expect(await runAs(findRecording, org.agent.actor, { id })).toMatchObject({ recording: null })
    const { is_new } = await runAs(storeRecording, org.keyActor, uploadOf(id, wavFile({ seconds: 2 })))
    expect(is_new).toBe(true)
  })

  test('of equal sound in two calls cannot be told from the rows to be equal', async () => {
    const file = wavFile({ seconds: 1, marker: 'same' })
    const calls = [await storedCall(org, file), await storedCall(org, file), await storedCall(other, file)]
    const rows = await sql<{ hash: string }[]>`
      select encode(content_hash, 'hex') as hash from recording where call_id in ${sql(calls)}`
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(3)
  })
})

test('a recording that is deleted while the same comes again is asked for once more, and then taken', async () => {
  const file = wavFile({ seconds: 30 })
  const id = await storedCall(org, file)
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield file.subarray(0, 200_000)
    await runAs(deleteRecording, org.owner.actor, { id })
    yield file.subarray(200_000)
  }
  const again = runAs(storeRecording, org.keyActor, uploadOf(id, file, { body: slowly() }))
  await expect(again).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 })
  expect((await runAs(storeRecording, org.keyActor, uploadOf(id, file))).is_new).toBe(true)
})

describe('an upload that takes longer than keys are kept', () => {
  const during = async (org: TestOrganisation, then: () => Promise<void> | void) => {
    const id = await callOf(org)
    const file = wavFile({ seconds: 30 })
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 200_000)
      await then()
      yield file.subarray(200_000)
    }
    return { id, stored: runAs(storeRecording, org.keyActor, uploadOf(id, file, { body: slowly() })) }
  }

  test('ends well: its keys are opened anew', async () => {
    const { id, stored } = await during(org, () => purgeOrganisation(org.id))
    expect((await stored).is_new).toBe(true)
    expect(await entriesOf(id, 'recording.stored')).toHaveLength(1)
  })

  test('ends in a refusal when they were withdrawn meanwhile', async () => {
    const own = await testOrganisation()
    const [key] = await sql<{ kms_key: string }[]>`select kms_key from tenant_key where org = ${own.id} limit 1`
    const { id, stored } = await during(own, async () => {
      await processKms().disableKey(key?.kms_key ?? '')
      purgeOrganisation(own.id)
    })
    expect(await outcomeOf(stored)).toBe('key_disabled')
    expect(await sql`select id from recording where call_id = ${id}`).toEqual([])
  })
})

describe('what is no recording', () => {
  test.each([
    ['a page called audio', Buffer.from('<!doctype html><script>alert(1)</script>'), 'audio/wav'],
    ['audio called a page', wavFile(), 'text/html'],
    ['MP3 called WAV', mp3File(), 'audio/wav'],
    ['WAV called Ogg', wavFile(), 'audio/ogg'],
    ['audio that is called nothing', wavFile(), null],
    ['nothing', Buffer.alloc(0), 'audio/wav'],
  ])('is refused: %s', async (_, file, type) => {
    const id = await callOf(org)
    const before = objectsOf(org)
    expect(await outcomeOf(runAs(storeRecording, org.keyActor, uploadOf(id, file, { content_type: type })))).toBe(
      'unsupported_type',
    )
    expect(objectsOf(org)).toEqual(before)
  })

  test('is one that ends in the middle: nothing of it stays', async () => {
    const id = await callOf(org)
    const before = objectsOf(org)
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield* piecesOf(wavFile({ seconds: 30 }))
      throw new Error('The request ended before its body did.')
    }
    expect(await outcomeOf(runAs(storeRecording, org.keyActor, uploadOf(id, wavFile(), { body: cut() })))).toBe(
      'invalid_input',
    )
    expect(objectsOf(org)).toEqual(before)
    expect(readdirSync(join(settings().ORINODE_HOME, 'storage/unfinished'))).toEqual([])
    expect(await runAs(findRecording, org.agent.actor, { id })).toMatchObject({ recording: null })
  })

  test('is one larger than the limit, whatever it said its length was', async () => {
    // Where one is already: 256 MiB are then only counted, and not written.
    const id = await storedCall(org)
    const before = objectsOf(org)
    function* endless(): Generator<Uint8Array> {
      yield wavFile({ said: 100 })
      for (;;) yield Buffer.alloc(1024 * 1024)
    }
    expect(
      await outcomeOf(runAs(storeRecording, org.keyActor, uploadOf(id, wavFile(), { body: Readable.from(endless()) }))),
    ).toBe('too_large')
    expect(objectsOf(org)).toEqual(before)
    expect(mostBytes).toBe(256 * 1024 * 1024)
  })
})

describe('who may store', () => {
  test('a key that may ingest, in its own environment and organisation, and nobody else', async () => {
    const id = await callOf(org)
    const store = (actor: Parameters<typeof runAs>[1], call = id) =>
      outcomeOf(runAs(storeRecording, actor, uploadOf(call)))
    const reader = await testKey(org.id, { scopes: ['calls.view'] })
    const tester = await testKey(org.id, { environment: 'test' })
    for (const actor of [reader.actor, org.owner.actor, org.admin.actor, org.agent.actor])
      expect(await store(actor)).toBe('forbidden')
    expect(await store(tester.actor)).toBe('not_found')
    expect(await store(other.keyActor)).toBe('not_found')
    expect(await store(tester.actor, await callOf(org, tester.actor))).toBe('done')
    expect(await store(org.keyActor)).toBe('done')
  })

  test('an owner or an admin may delete, an agent and a key may not', async () => {
    const id = await storedCall(org)
    for (const actor of [org.agent.actor, org.keyActor])
      expect(await outcomeOf(runAs(deleteRecording, actor, { id }))).toBe('forbidden')
    expect(await outcomeOf(runAs(deleteRecording, other.owner.actor, { id }))).toBe('not_found')
    expect(await outcomeOf(runAs(deleteRecording, org.owner.actor, { id }))).toBe('done')
  })
})

test('no file holds the sound while it comes or afterwards, and the search would have found it', async () => {
  const marker = `heard-${crypto.randomUUID()}`
  const home = settings().ORINODE_HOME
  const found = () =>
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(marker.slice(0, 24)))
  const planted = join(home, 'planted')
  writeFileSync(planted, `....${marker}....`)
  expect(found()).toEqual([planted])
  rmSync(planted)

  const id = await callOf(org)
  const file = wavFile({ seconds: 60, marker })
  expect(file.includes(marker)).toBe(true)
  const during: string[][] = []
  let written = 0
  async function* slowly(): AsyncGenerator<Uint8Array> {
    for await (const piece of piecesOf(file, 200_000)) {
      yield piece
      const [unfinished] = readdirSync(join(home, 'storage/unfinished'))
      written = Math.max(written, unfinished ? readFileSync(join(home, 'storage/unfinished', unfinished)).length : 0)
      during.push(found())
    }
  }
  await runAs(storeRecording, org.keyActor, uploadOf(id, file, { body: slowly() }))
  expect(written, 'part of it lay on the disk while the rest came').toBeGreaterThan(300_000)
  expect([...during.flat(), ...found()]).toEqual([])
})
