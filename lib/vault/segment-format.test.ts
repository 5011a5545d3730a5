import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { asId } from '../kernel/ids.ts'
import { vectors } from '../testing/vectors.ts'
import { type RecordingFacts, recordingBinding } from './segment-binding.ts'
import { HEADER_LENGTH, ourShape, type SegmentShape, startOpening } from './segment-format.ts'
import { openStream, type SealedSource, sealStream } from './segment-stream.ts'
import { refusalOf } from '../testing/vault-fixture.ts'
import { isVaultError } from './vault-error.ts'

/* The known answers of five producers (Snowflake-Labs/floe-specification, Apache-2.0). */
const folder = vectors('crypto/floe')

const key = Buffer.alloc(32)
const aad = Buffer.from('This is AAD')

const sourceOf = (bytes: Uint8Array): SealedSource => ({
  size: bytes.length,
  read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)),
})
const bytesOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
const inPieces = (bytes: Buffer, length: number): AsyncIterable<Uint8Array> =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) => bytes.subarray(at * length, (at + 1) * length)),
  )
const outcome = async (opening: Promise<unknown>): Promise<unknown> => {
  try {
    return await opening
  } catch (error) {
    return isVaultError(error) ? error.kind : error
  }
}
const opened = async (
  sealed: Uint8Array,
  shape: SegmentShape = ourShape,
  bound: Uint8Array = aad,
  withKey: Uint8Array = key,
) => {
  const stream = await openStream(withKey, bound, sourceOf(sealed), shape)
  return bytesOf(stream.range(0, stream.length))
}

describe.skipIf(folder === null)('the known answers of FLOE', () => {
  const names = folder === null ? [] : readdirSync(folder).flatMap((file) => /^(.*)_ct\.txt$/.exec(file)?.[1] ?? [])
  const hex = (name: string): Buffer => Buffer.from(readFileSync(join(folder ?? '', name), 'utf8').trim(), 'hex')

  test('are seventeen', () => expect(names).toHaveLength(17))

  test.each(names)('%s is opened, whole and in any part', async (name) => {
    const [sealed, plain] = [hex(`${name}_ct.txt`), hex(`${name}_pt.txt`)]
    const shape = { segmentLength: sealed.readUInt32BE(2), rotationBits: name.includes('rotation') ? 2 : 20 }
    const stream = await openStream(key, aad, sourceOf(sealed), shape)
    expect(stream.length).toBe(plain.length)
    expect((await bytesOf(stream.range(0, plain.length))).equals(plain)).toBe(true)
    const border = shape.segmentLength - 32
    for (const [from, to] of [
      [0, 1],
      [border - 1, border + 1],
      [plain.length - 1, plain.length],
    ]) {
      const part = await bytesOf(stream.range(from ?? 0, Math.min(to ?? 0, plain.length)))
      expect(part.equals(plain.subarray(from, to))).toBe(true)
    }
  })

  test.each(names)('%s with any bit flipped is refused', async (name) => {
    const sealed = hex(`${name}_ct.txt`)
    const shape = { segmentLength: sealed.readUInt32BE(2), rotationBits: name.includes('rotation') ? 2 : 20 }
    const step = Math.max(1, Math.floor(sealed.length / 300))
    for (let at = 0; at < sealed.length; at += step) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(await outcome(opened(changed, shape)), String(at)).toBe('tampered')
    }
  })
})

describe('a sealed stream', () => {
  const shape = { segmentLength: 64, rotationBits: 2 }
  const content = 64 - 32
  const seal = (plain: Buffer) => bytesOf(sealStream(key, aad, inPieces(plain, 7), shape))

  test('gives back any part of any content, however it came in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 90 }),
        fc.nat(400),
        fc.nat(400),
        async (plain, size, one, other) => {
          const bytes = Buffer.from(plain)
          const sealed = await bytesOf(sealStream(key, aad, inPieces(bytes, size), shape))
          const stream = await openStream(key, aad, sourceOf(sealed), shape)
          const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, bytes.length)).toSorted((a, b) => a - b)
          const part = from < to ? await bytesOf(stream.range(from, to)) : Buffer.alloc(0)
          expect(stream.length).toBe(bytes.length)
          expect(part.equals(bytes.subarray(from, to))).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('holds no more than its own segments when the content fills the last one', async () => {
    expect((await seal(Buffer.alloc(content * 3, 7))).length).toBe(HEADER_LENGTH + 3 * 64)
    expect((await seal(Buffer.alloc(content * 3 + 1, 7))).length).toBe(HEADER_LENGTH + 3 * 64 + 33)
    expect((await seal(Buffer.alloc(0))).length).toBe(HEADER_LENGTH + 32)
  })

  test('cut anywhere is refused, at a segment’s end too', async () => {
    const plain = Buffer.alloc(content * 4 + 5, 1)
    const sealed = await seal(plain)
    for (let length = 0; length < sealed.length; length += 1)
      expect(await outcome(opened(sealed.subarray(0, length), shape)), String(length)).toBe('tampered')
    expect((await opened(sealed, shape)).equals(plain)).toBe(true)
  })

  test('made longer is refused, with its own segments too', async () => {
    const sealed = await seal(Buffer.alloc(content * 3, 1))
    const last = sealed.subarray(-64)
    for (const more of [Buffer.of(0), Buffer.alloc(64), last, sealed.subarray(HEADER_LENGTH, HEADER_LENGTH + 64)])
      expect(await outcome(opened(Buffer.concat([sealed, more]), shape))).toBe('tampered')
  })

  test('with segments in another order or from another stream is refused', async () => {
    const [one, other] = [await seal(Buffer.alloc(content * 4, 1)), await seal(Buffer.alloc(content * 4, 2))]
    const at = (position: number) => HEADER_LENGTH + position * 64
    const swapped = Buffer.concat([
      one.subarray(0, at(1)),
      one.subarray(at(2), at(3)),
      one.subarray(at(1), at(2)),
      one.subarray(at(3)),
    ])
    const mixed = Buffer.concat([one.subarray(0, at(1)), other.subarray(at(1), at(2)), one.subarray(at(2))])
    for (const changed of [swapped, mixed, Buffer.concat([one.subarray(0, at(0)), other.subarray(at(0))])])
      expect(await outcome(opened(changed, shape))).toBe('tampered')
  })

  test('opens only what is asked for: a broken segment hurts nobody who does not reach it', async () => {
    const sealed = await seal(Buffer.alloc(content * 4, 1))
    sealed[HEADER_LENGTH + 64 + 20] = (sealed[HEADER_LENGTH + 64 + 20] ?? 0) ^ 1
    const stream = await openStream(key, aad, sourceOf(sealed), shape)
    expect(await bytesOf(stream.range(0, content))).toHaveLength(content)
    expect(await outcome(bytesOf(stream.range(content, content + 1)))).toBe('tampered')
    expect(await bytesOf(stream.range(content * 2, content * 4))).toHaveLength(content * 2)
  })

  test('says a length only after its last segment proved it', async () => {
    const sealed = await seal(Buffer.alloc(content * 4, 1))
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(await outcome(openStream(key, aad, sourceOf(sealed), shape))).toBe('tampered')
  })

  test('sealed in other segments than ours is refused', async () => {
    const sealed = await seal(Buffer.alloc(10))
    expect(await outcome(opened(sealed))).toBe('tampered')
    expect(refusalOf(() => startOpening(key, aad, sealed.subarray(0, HEADER_LENGTH - 1), shape))).toBe('tampered')
  })
})

describe('a sealed recording', () => {
  const facts: RecordingFacts = {
    organisation: asId('0190aaaa-0000-7000-8000-000000000001'),
    id: '0190aaaa-0000-7000-8000-0000000000a1',
    codec: 'wav/pcm',
    rate: 8_000,
    channels: 1,
  }

  test('is bound to what its design says, byte by byte', () => {
    expect(recordingBinding(facts).toString('hex')).toBe(
      [
        '00100190aaaa000070008000000000000001',
        '00097265636f7264696e67',
        '00100190aaaa0000700080000000000000a1',
        '00077761762f70636d',
        '000400001f40',
        '000400000001',
      ].join(''),
    )
  })

  test.each([
    ['organisation', { organisation: asId<'organisation'>('0190aaaa-0000-7000-8000-000000000002') }],
    ['id', { id: '0190aaaa-0000-7000-8000-0000000000a2' }],
    ['codec', { codec: 'wav/alaw' }],
    ['rate', { rate: 16_000 }],
    ['channels', { channels: 2 }],
  ])('opens under no other %s', async (_, change) => {
    const sealed = await bytesOf(sealStream(key, recordingBinding(facts), inPieces(Buffer.from('audio'), 2)))
    expect((await opened(sealed, ourShape, recordingBinding(facts))).toString()).toBe('audio')
    expect(await outcome(opened(sealed, ourShape, recordingBinding({ ...facts, ...change })))).toBe('tampered')
    expect(await outcome(opened(sealed, ourShape, recordingBinding(facts), Buffer.alloc(32, 1)))).toBe('tampered')
  })
})
