import { randomUUID } from 'node:crypto'

import { Retell } from 'retell-sdk'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { PUT as putRecording } from '../../app/api/v1/calls/[id]/recording/route.ts'
import { revokeKey } from '../features/api-keys/index.ts'
import { ingestCall } from '../features/calls/index.ts'
import { disableProvider, rotateSecret } from '../features/providers/index.ts'
import { pool } from '../platform/db/pool.ts'
import { log } from '../platform/log.ts'
import { wavFile } from '../testing/audio.ts'
import { superuserSql } from '../testing/database.ts'
import { deliver } from '../testing/hook-delivery.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation, testProvider } from '../testing/organisation.ts'
import { sampleEnded } from '../testing/provider-replayer/retell-sample.ts'
import { expectRefused } from '../testing/refused.ts'
import { toldCall } from '../testing/told-call.ts'
import { callsDoor } from './v1-calls.test-support.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const { post, postRaw } = callsDoor(() => org.key)

/** One half, then what happens meanwhile, then the other half. */
function interrupted(whole: Uint8Array | string, meanwhile: () => Promise<unknown> | void): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(whole)
  const half = Math.floor(bytes.length / 2)
  let isHalf = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!isHalf) controller.enqueue(new Uint8Array(bytes.subarray(0, half)))
        else {
          await meanwhile()
          controller.enqueue(new Uint8Array(bytes.subarray(half)))
          controller.close()
        }
        isHalf = true
      },
    },
    { highWaterMark: 0 },
  )
}

const storedOf = async (): Promise<number> =>
  (await sql`select id from call_event where org = ${org.id}`).length +
  (await sql`select id from recording where org = ${org.id}`).length

/** How often this process looks something up, by the function that finds it. */
function lookUps(finder: string): () => number {
  const asked = vi.spyOn(pool().sql, 'unsafe')
  return () => asked.mock.calls.filter(([text]) => text.includes(finder)).length
}

describe('a key that is revoked while a body is on its way', () => {
  test('stores no call', async () => {
    const { key, id } = await testKey(org.id)
    const body = JSON.stringify(toldCall())
    const revoke = () => runAs(revokeKey, org.owner.actor, { id })
    await expectRefused(postRaw(interrupted(body, revoke), { key }), 401, 'invalid_key')
    expect(await storedOf()).toBe(0)
    expect((await postRaw(interrupted(body, () => {}))).status, 'another key, as slowly').toBe(201)
  })

  test('stores no recording, new or the same again', async () => {
    const { call } = await runAs(ingestCall, org.keyActor, toldCall())
    const put = async (key: string, body: ReadableStream<Uint8Array>): Promise<Response> =>
      putRecording(
        new Request(`https://localhost:8443/api/v1/calls/${call.id}/recording`, {
          method: 'PUT',
          headers: { 'content-type': 'audio/wav', 'x-api-key': key },
          body,
          duplex: 'half',
        } as RequestInit), // a streamed body must say so; the DOM's types do not know the word
        { params: Promise.resolve({ id: call.id }) },
      )
    const file = wavFile({ seconds: 9 })
    const before = await storedOf()
    const revoked = async (): Promise<void> => {
      const { key, id } = await testKey(org.id)
      const revoke = () => runAs(revokeKey, org.owner.actor, { id })
      await expectRefused(put(key, interrupted(file, revoke)), 401, 'invalid_key')
    }
    await revoked()
    expect(await storedOf()).toBe(before)
    expect(
      (
        await put(
          org.key,
          interrupted(file, () => {}),
        )
      ).status,
    ).toBe(201)
    await revoked()
  })
})

describe('an event that is on its way', () => {
  const body = (): string => JSON.stringify({ event: 'call_ended', call: { ...sampleEnded, call_id: randomUUID() } })
  async function slowly(meanwhile: (id: string) => Promise<unknown> | void): Promise<Response> {
    const { path, secret, id } = await testProvider(org.id)
    const text = body()
    const headers = { 'content-type': 'application/json', 'x-retell-signature': await Retell.sign(text, secret) }
    vi.useFakeTimers({ toFake: ['performance'] })
    const slow = interrupted(text, async () => {
      vi.advanceTimersByTime(100)
      await meanwhile(id)
    })
    return deliver(path, slow, headers)
  }

  test('while its address is switched off finds no address', async () => {
    await expectRefused(
      slowly((id) => runAs(disableProvider, org.owner.actor, { id })),
      404,
      'not_found',
    )
    expect(await storedOf()).toBe(0)
  })

  test('while its secret is withdrawn is signed with none', async () => {
    const next = { secret: 'key_of_another_kind', keep_previous: false }
    await expectRefused(
      slowly((id) => runAs(rotateSecret, org.owner.actor, { id, ...next })),
      401,
      'invalid_signature',
    )
    expect(await storedOf()).toBe(0)
  })

  test('while its secret is changed for a day’s overlap is taken, and so is one under which nothing changes', async () => {
    const next = { secret: 'key_of_another_kind', keep_previous: true }
    expect((await slowly((id) => runAs(rotateSecret, org.owner.actor, { id, ...next }))).status).toBe(200)
    expect((await slowly(() => {})).status).toBe(200)
    expect(await storedOf()).toBe(2)
  })

  test('and is there at once costs one look-up; with a key that was used before, none', async () => {
    const { path, secret } = await testProvider(org.id)
    const text = body()
    const headers = { 'content-type': 'application/json', 'x-retell-signature': await Retell.sign(text, secret) }
    vi.useFakeTimers({ toFake: ['performance'] })
    const providers = lookUps('provider_find')
    expect((await deliver(path, text, headers)).status).toBe(200)
    expect(providers()).toBe(1)
    expect((await post(toldCall())).status).toBe(201)
    const keys = lookUps('api_key_find')
    const before = keys()
    expect((await post(toldCall())).status).toBe(201)
    expect(keys()).toBe(before)
  })
})

test('whoever hangs up in the middle of a body is no failure of ours', async () => {
  const said = vi.spyOn(log, 'error')
  const hangingUp = () => interrupted('{}', () => Promise.reject(new Error('The request ended before its body did.')))
  const { path } = await testProvider(org.id)
  expect(await expectRefused(postRaw(hangingUp()), 400, 'invalid_input')).toEqual({ body: 'must arrive whole' })
  await expectRefused(deliver(path, hangingUp()), 400, 'invalid_input')
  expect(said).not.toHaveBeenCalled()
})
