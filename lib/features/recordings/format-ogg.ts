import type { Audio } from './audio.ts'

const OPUS_RATE = 48_000

/** The first page of an Ogg file, which holds the header of its one stream. */
export function readOgg(head: Buffer): Audio | null {
  if (head.toString('latin1', 0, 4) !== 'OggS' || head.readUInt8(4) !== 0) return null
  const isFirstPage = (head.readUInt8(5) & 2) !== 0
  if (!isFirstPage) return null
  const serial = head.readUInt32LE(14)
  const at = 27 + head.readUInt8(26)
  if (head.toString('latin1', at, at + 8) === 'OpusHead') {
    const skipped = head.readUInt16LE(at + 10)
    return {
      codec: 'ogg/opus',
      channels: head.readUInt8(at + 9),
      rate: OPUS_RATE,
      durationMs: ({ tail }) => millis(lastPlace(tail, serial), skipped, OPUS_RATE),
    }
  }
  if (head.toString('latin1', at, at + 7) === '\u0001vorbis') {
    const rate = head.readUInt32LE(at + 12)
    return {
      codec: 'ogg/vorbis',
      channels: head.readUInt8(at + 11),
      rate,
      durationMs: ({ tail }) => millis(lastPlace(tail, serial), 0, rate),
    }
  }
  return null
}

function millis(place: bigint | null, skipped: number, rate: number): number | null {
  return place === null ? null : ((Number(place) - skipped) / rate) * 1000
}

/** The sample position of the stream's last page. All ones means that no packet ends on it. */
function lastPlace(tail: Buffer, serial: number): bigint | null {
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    if (at + 27 > tail.length || tail.readUInt32LE(at + 14) !== serial) continue
    const place = tail.readBigInt64LE(at + 6)
    if (place >= 0n) return place
  }
  return null
}
