import type { Audio } from './audio.ts'

const id = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackType: 0x83,
  codec: 0x86,
  audio: 0xe1,
  frequency: 0xb5,
  channels: 0x9f,
} as const
const AUDIO_TRACK = 2
const codecs: Record<string, 'webm/opus' | 'webm/vorbis'> = { A_OPUS: 'webm/opus', A_VORBIS: 'webm/vorbis' }

/** WebM with one track, of sound: a film is no recording of a call. */
export function readWebm(head: Buffer): Audio | null {
  const [header, segment] = elements(head)
  if (header?.id !== id.header || segment?.id !== id.segment) return null
  if (find(header.content, id.docType)?.toString('latin1').replace(/\0+$/, '') !== 'webm') return null
  const tracks = elements(find(segment.content, id.tracks) ?? empty).filter((one) => one.id === id.track)
  const [track] = tracks
  if (!track || tracks.length !== 1 || unsigned(find(track.content, id.trackType)) !== AUDIO_TRACK) return null
  const codec = codecs[find(track.content, id.codec)?.toString('latin1') ?? '']
  const audio = find(track.content, id.audio)
  if (!codec || !audio) return null
  const info = find(segment.content, id.info) ?? empty
  const duration = decimal(find(info, id.duration))
  const scale = unsigned(find(info, id.scale)) ?? 1_000_000
  return {
    codec,
    rate: Math.round(decimal(find(audio, id.frequency)) ?? 8_000),
    channels: unsigned(find(audio, id.channels)) ?? 1,
    durationMs: () => (duration === null ? null : (duration * scale) / 1_000_000),
  }
}

interface Element {
  id: number
  content: Buffer
}
const empty = Buffer.alloc(0)
const mostElements = 200

/** The elements of one level, as far as the bytes go; one of unknown or longer length has the rest. */
function elements(bytes: Buffer): Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length && found.length < mostElements;) {
    const name = variable(bytes, at, false)
    const length = name && variable(bytes, at + name.width, true)
    if (!name || !length) break
    const from = at + name.width + length.width
    const to = Math.min(bytes.length, from + length.value)
    found.push({ id: name.value, content: bytes.subarray(from, to) })
    at = to
  }
  return found
}

function find(bytes: Buffer, wanted: number): Buffer | null {
  return elements(bytes).find((one) => one.id === wanted)?.content ?? null
}

/** A number whose first byte says how long it is. An id keeps that mark, a length drops it; all ones mean unknown. */
function variable(bytes: Buffer, at: number, isLength: boolean): { value: number; width: number } | null {
  const first = bytes[at] ?? 0
  const width = Math.clz32(first) - 23
  if (first === 0 || width > (isLength ? 8 : 4) || at + width > bytes.length) return null
  let value = isLength ? first & (0xff >> width) : first
  let isUnknown = isLength && value === 0xff >> width
  for (const byte of bytes.subarray(at + 1, at + width)) {
    value = value * 256 + byte
    isUnknown = isUnknown && byte === 0xff
  }
  return { value: isUnknown ? Infinity : value, width }
}

function unsigned(bytes: Buffer | null): number | null {
  return bytes && bytes.length > 0 && bytes.length <= 6 ? bytes.readUIntBE(0, bytes.length) : null
}

function decimal(bytes: Buffer | null): number | null {
  if (bytes?.length === 4) return bytes.readFloatBE()
  return bytes?.length === 8 ? bytes.readDoubleBE() : null
}
