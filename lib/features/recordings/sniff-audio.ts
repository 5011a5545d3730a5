import type { Audio } from './audio.ts'
import { type Codec, mostMs } from './shapes.ts'
import { readMpeg } from './format-mpeg.ts'
import { readOgg } from './format-ogg.ts'
import { readWav } from './format-wav.ts'
import { readWebm } from './format-webm.ts'

/** How much of a file's beginning is looked at, and of its end. A page of Ogg is at most 65,307 bytes long. */
export const headBytes = 64 * 1024
export const tailBytes = 66 * 1024

/** What a file is, by its own first bytes; null when it is no audio a browser plays. What it was called is no evidence. */
export function sniffAudio(head: Buffer): Audio | null {
  const audio = [readWav, readOgg, readWebm, readMpeg].map((read) => orNothing(() => read(head))).find((one) => one)
  if (!audio || audio.channels < 1 || audio.channels > 8 || audio.rate < 1_000 || audio.rate > 384_000) return null
  return { ...audio, durationMs: (file) => believable(orNothing(() => audio.durationMs(file))) }
}

function believable(ms: number | null): number | null {
  return ms !== null && Number.isFinite(ms) && ms >= 0 && ms <= mostMs ? Math.round(ms) : null
}

/** A header that ends before its own fields do. */
function orNothing<T>(read: () => T | null): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const names: Record<string, readonly string[]> = {
  wav: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  mpeg: ['audio/mpeg', 'audio/mp3'],
  ogg: ['audio/ogg', 'audio/opus'],
  webm: ['audio/webm'],
}

/** Which container a Content-Type means; null for anything we do not take. */
export function containerNamed(contentType: string | null): string | null {
  const name = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  return Object.entries(names).find(([, known]) => known.includes(name))?.[0] ?? null
}

export const containerOf = (codec: Codec): string => codec.split('/')[0] ?? ''

/** What we serve it as. */
export const contentTypeOf = (codec: Codec): string => names[containerOf(codec)]?.[0] ?? 'application/octet-stream'
