import type { Codec } from './shapes.ts'

/** What a file's own header says it holds. */
export interface Audio {
  readonly codec: Codec
  readonly rate: number
  readonly channels: number
  /** From the whole file's length and its last bytes; null where the file does not say. */
  readonly durationMs: (file: { bytes: number; tail: Buffer }) => number | null
}
