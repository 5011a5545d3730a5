import {
  HEADER_LENGTH,
  ourShape,
  SEGMENT_OVERHEAD,
  type SegmentCipher,
  type SegmentShape,
  startOpening,
  startSealing,
  tampered,
} from './segment-format.ts'

/** Seals a stream as it comes, holding one segment of it in memory: the header, then segments. */
export async function* sealStream(
  key: Uint8Array,
  aad: Uint8Array,
  source: AsyncIterable<Uint8Array>,
  shape: SegmentShape = ourShape,
): AsyncGenerator<Buffer, void, undefined> {
  const { header, cipher } = startSealing(key, aad, shape)
  yield header
  const held = Buffer.alloc(cipher.contentLength)
  let filled = 0
  let position = 0
  try {
    for await (const piece of source) {
      for (let at = 0; at < piece.length;) {
        // A full segment waits for one more byte: only then is it known not to be the last.
        if (filled === held.length) {
          yield cipher.seal(held, position, false)
          position += 1
          filled = 0
        }
        const part = piece.subarray(at, at + held.length - filled)
        held.set(part, filled)
        filled += part.length
        at += part.length
      }
    }
    yield cipher.seal(held.subarray(0, filled), position, true)
  } finally {
    held.fill(0)
  }
}

/** Where the sealed bytes lie. A read past the end gives less than it was asked for. */
export interface SealedSource {
  readonly size: number
  read(from: number, length: number): Promise<Uint8Array>
}

const segmentsPerRead = 16

/** A sealed stream whose length is known to be true, so that any part of it can be opened alone. */
export class OpenStream {
  /** Of the content, in bytes. */
  readonly length: number
  readonly #cipher: SegmentCipher
  readonly #source: SealedSource
  readonly #lastPosition: number

  constructor(cipher: SegmentCipher, source: SealedSource, lastPosition: number, length: number) {
    this.#cipher = cipher
    this.#source = source
    this.#lastPosition = lastPosition
    this.length = length
  }

  /** The bytes from `from` up to, not with, `to`, a segment at a time. A segment is opened when it is asked for. */
  async *range(from: number, to: number): AsyncGenerator<Buffer, void, undefined> {
    const { contentLength, shape } = this.#cipher
    const last = Math.floor((to - 1) / contentLength)
    for (let first = Math.floor(from / contentLength); first <= last; first += segmentsPerRead) {
      const count = Math.min(segmentsPerRead, last - first + 1)
      const sealed = await this.#source.read(HEADER_LENGTH + first * shape.segmentLength, count * shape.segmentLength)
      for (let at = 0; at < count; at += 1) {
        const position = first + at
        const segment = sealed.subarray(at * shape.segmentLength, (at + 1) * shape.segmentLength)
        const content = this.#cipher.open(segment, position, position === this.#lastPosition)
        const begins = position * contentLength
        yield content.subarray(Math.max(0, from - begins), Math.min(content.length, to - begins))
      }
    }
  }
}

/**
 * Opens a sealed stream for reading anywhere in it. Its last segment is opened first: what the store says of the size is
 * a stranger's word until then.
 * @throws VaultError tampered
 */
export async function openStream(
  key: Uint8Array,
  aad: Uint8Array,
  source: SealedSource,
  shape: SegmentShape = ourShape,
): Promise<OpenStream> {
  const body = source.size - HEADER_LENGTH
  if (body < SEGMENT_OVERHEAD) throw tampered()
  const lastPosition = Math.ceil(body / shape.segmentLength) - 1
  const lastAt = HEADER_LENGTH + lastPosition * shape.segmentLength
  const [header, last] = await Promise.all([source.read(0, HEADER_LENGTH), source.read(lastAt, source.size - lastAt)])
  const cipher = startOpening(key, aad, header, shape)
  const content = cipher.open(last, lastPosition, true)
  const length = lastPosition * cipher.contentLength + content.length
  content.fill(0)
  return new OpenStream(cipher, source, lastPosition, length)
}
