import type { Audio } from './audio.ts'
import type { Codec } from './shapes.ts'

const codecs: Record<number, Codec> = { 1: 'wav/pcm', 3: 'wav/float', 6: 'wav/alaw', 7: 'wav/mulaw' }
const EXTENSIBLE = 0xfffe

/** RIFF/WAVE: chunks of a name, a length and content, padded to even. */
export function readWav(head: Buffer): Audio | null {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return null
  for (let at = 12; ;) {
    const length = head.readUInt32LE(at + 4)
    if (head.toString('latin1', at, at + 4) === 'fmt ')
      return length < 16 ? null : withFormat(head, at + 8, at + 8 + length)
    at += 8 + length + (length % 2)
  }
}

function withFormat(head: Buffer, at: number, end: number): Audio | null {
  const tag = head.readUInt16LE(at)
  const codec = codecs[tag === EXTENSIBLE && end - at >= 26 ? head.readUInt16LE(at + 24) : tag]
  const bytesPerSecond = head.readUInt32LE(at + 8)
  if (!codec || bytesPerSecond === 0) return null
  return {
    codec,
    channels: head.readUInt16LE(at + 2),
    rate: head.readUInt32LE(at + 4),
    durationMs({ bytes }) {
      const data = dataChunk(head, end + (end % 2))
      if (!data) return null
      // Written while it was recorded, the length is 0, all ones or a guess: there is never more than came.
      const came = bytes - data.from
      const said = data.length === 0 || data.length === 0xffff_ffff ? came : data.length
      return (Math.min(said, came) / bytesPerSecond) * 1000
    },
  }
}

function dataChunk(head: Buffer, start: number): { from: number; length: number } | null {
  for (let at = start; at + 8 <= head.length;) {
    const length = head.readUInt32LE(at + 4)
    if (head.toString('latin1', at, at + 4) === 'data') return { from: at + 8, length }
    at += 8 + length + (length % 2)
  }
  return null
}
