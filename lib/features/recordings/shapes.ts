import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

/** What a recording may be: a container and what is in it. All of them play in every browser we know of. */
export const codecs = [
  'wav/pcm',
  'wav/float',
  'wav/alaw',
  'wav/mulaw',
  'mpeg/mp3',
  'ogg/opus',
  'ogg/vorbis',
  'webm/opus',
  'webm/vorbis',
] as const
export const Codec = z.enum(codecs)
export type Codec = z.infer<typeof Codec>

/** Of the audio itself: an hour and more of stereo at 16 kHz, uncompressed. */
export const mostBytes = 256 * 1024 * 1024
export const mostMs = 24 * 3_600_000

const CallIdText = z.string().refine(isUuid, 'must be the id of a call')

export const OneRecording = z.strictObject({ id: CallIdText })

export type Bytes = AsyncIterable<Uint8Array>
const Bytes = z.custom<Bytes>((given) => typeof given === 'object' && given !== null && Symbol.asyncIterator in given)

/** Body, path and headers of `PUT /api/v1/calls/{id}/recording`. */
export const StoreRecording = z.strictObject({
  id: CallIdText,
  body: Bytes,
  content_type: z.string().max(200).nullable(),
  /** What the client says; what the file itself says wins. */
  duration_ms: z.coerce.number().int().min(0).max(mostMs).optional(),
})
export type StoreRecording = z.output<typeof StoreRecording>

export const ShownRecording = z.object({
  id: z.string(),
  call_id: z.string(),
  codec: Codec,
  content_type: z.string(),
  bytes: z.number(),
  duration_ms: z.number().nullable(),
  stored_at: z.string(),
})
export type ShownRecording = z.infer<typeof ShownRecording>

export const StoredRecording = z.object({ recording: ShownRecording, is_new: z.boolean() })
export const FoundRecording = z.object({ recording: ShownRecording.nullable(), may_delete: z.boolean() })
export type FoundRecording = z.infer<typeof FoundRecording>
export const DeletedRecording = z.object({ call_id: z.string() })

/** Query of the playing door: `range` as the header came, null without one. */
export const PlayRecording = z.strictObject({
  id: CallIdText,
  range: z.string().max(2_000).nullable(),
  /** Only the head is wanted: nothing will be heard. */
  is_head: z.boolean(),
})
export type PlayRecording = z.output<typeof PlayRecording>

/** What a door sends. Its bytes are opened as they are taken. */
export const Playback = z.object({
  content_type: z.string(),
  /** Of the whole, in bytes. */
  size: z.number(),
  /** First and last byte sent; null: no such part. */
  part: z.object({ from: z.number(), to: z.number(), is_whole: z.boolean() }).nullable(),
  bytes: Bytes,
})
export type Playback = z.infer<typeof Playback>
