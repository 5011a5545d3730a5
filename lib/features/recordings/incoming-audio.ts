import { createHash } from 'node:crypto'

import { AppError } from '../../kernel/app-error.ts'
import type { Audio } from './audio.ts'
import { type Bytes, mostBytes } from './shapes.ts'
import { headBytes, sniffAudio, tailBytes } from './sniff-audio.ts'

export interface Received {
  bytes: number
  durationMs: number | null
  /** SHA-256 in hex; keyed before it is stored. */
  digest: string
}

/**
 * A body on its way through: what it is from its first bytes, then every byte as it comes, counted, hashed and never kept.
 * @throws AppError unsupported_type when it is no audio of ours, too_large past the limit, invalid_input when it is cut off or empty
 */
export async function incomingAudio(
  body: Bytes,
): Promise<{ audio: Audio | null; pieces: () => Bytes; received: () => Received }> {
  const source = body[Symbol.asyncIterator]()
  const hash = createHash('sha256')
  let bytes = 0
  // The last pieces, as they came: as many as hold the end of the file.
  const last: Uint8Array[] = []
  let lastBytes = 0

  const next = async (): Promise<Uint8Array | null> => {
    const step = await source.next().catch((failure: unknown) => {
      // Not cut off: its sender was turned away meanwhile.
      if (failure instanceof AppError) throw failure
      throw new AppError('invalid_input', 'The recording was cut off before its end.', {
        fields: { body: 'must arrive whole' },
      })
    })
    if (step.done === true) return null
    bytes += step.value.length
    if (bytes > mostBytes) throw new AppError('too_large', 'A recording may be at most 256 MiB.')
    hash.update(step.value)
    last.push(step.value)
    lastBytes += step.value.length
    while (lastBytes - (last[0]?.length ?? 0) >= tailBytes) lastBytes -= last.shift()?.length ?? 0
    return step.value
  }

  const first: Uint8Array[] = []
  for (let held = 0; held < headBytes;) {
    const piece = await next()
    if (!piece) break
    first.push(piece)
    held += piece.length
  }
  const audio = sniffAudio(Buffer.concat(first).subarray(0, headBytes))
  return {
    audio,
    async *pieces() {
      yield* first
      for (let piece = await next(); piece; piece = await next()) yield piece
    },
    received: () => ({
      bytes,
      durationMs: audio?.durationMs({ bytes, tail: Buffer.concat(last).subarray(-tailBytes) }) ?? null,
      digest: hash.digest('hex'),
    }),
  }
}
