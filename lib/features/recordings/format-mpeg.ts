import type { Audio } from './audio.ts'

const kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const rates = [44_100, 48_000, 32_000] as const
const LAYER_THREE = 1

interface Frame {
  bitsPerSecond: number
  rate: number
  channels: number
  samples: number
  length: number
  /** Where a variable bit rate's own count of frames would stand. */
  countAt: number
}

/** MPEG audio, layer III, behind an ID3 tag or not. Two frames in a row, because one could be chance. */
export function readMpeg(head: Buffer): Audio | null {
  const from = afterTag(head)
  const frame = frameAt(head, from)
  if (!frame || (from + frame.length + 4 <= head.length && !frameAt(head, from + frame.length))) return null
  const counted = frameCount(head, from + frame.countAt)
  return {
    codec: 'mpeg/mp3',
    rate: frame.rate,
    channels: frame.channels,
    durationMs: ({ bytes }) =>
      counted === null
        ? ((bytes - from) * 8 * 1000) / frame.bitsPerSecond
        : (counted * frame.samples * 1000) / frame.rate,
  }
}

function afterTag(head: Buffer): number {
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0
  return 10 + [6, 7, 8, 9].reduce((length, at) => (length << 7) | (head.readUInt8(at) & 0x7f), 0)
}

function frameAt(head: Buffer, at: number): Frame | null {
  const bits = head.readUInt32BE(at)
  const version = (bits >> 19) & 3
  const layer = (bits >> 17) & 3
  const bitrate = (bits >> 12) & 15
  const rateIndex = (bits >> 10) & 3
  if (bits >>> 21 !== 0x7ff || version === 1 || layer !== LAYER_THREE) return null
  const isFirst = version === 3
  const kbit = kilobits[isFirst ? 1 : 2][bitrate] ?? 0
  const fullRate = rates[rateIndex]
  if (kbit === 0 || fullRate === undefined) return null
  const rate = isFirst ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4
  const channels = ((bits >> 6) & 3) === 3 ? 1 : 2
  const samples = isFirst ? 1152 : 576
  const padding = (bits >> 9) & 1
  const sideInfo = isFirst ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17
  return {
    bitsPerSecond: kbit * 1000,
    rate,
    channels,
    samples,
    length: Math.floor((samples * kbit * 125) / rate) + padding,
    countAt: 4 + sideInfo,
  }
}

function frameCount(head: Buffer, at: number): number | null {
  const name = head.toString('latin1', at, at + 4)
  if ((name !== 'Xing' && name !== 'Info') || (head.readUInt32BE(at + 4) & 1) === 0) return null
  return head.readUInt32BE(at + 8)
}
