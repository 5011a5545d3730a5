import { z } from 'zod'

/** Postgres text holds no NUL, and half a surrogate pair is not UTF-8: both go, the rest stays as said. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

const Text = (longest: number) => z.string().max(longest).transform(storable)
const Word = Text(200)
const Millis = z
  .number()
  .min(0)
  .max(4_102_444_800_000)
  .transform((ms) => new Date(Math.round(ms)))
const Amount = z.number().min(0).max(1_000_000_000)

const SpokenWord = z.looseObject({ start: z.number().min(0).nullish() })
const utteranceOf = (longest: number) =>
  z.looseObject({
    role: Word,
    content: Text(longest).nullish(),
    words: z.array(SpokenWord).max(20_000).nullish(),
  })
const Utterance = utteranceOf(20_000)
export type Utterance = z.output<typeof Utterance>
/** Among these are answers of tools, which we do not read and may be long. */
const UtteranceOrTool = utteranceOf(1_000_000)

const Percentiles = z.looseObject({ p50: z.number().min(0).max(3_600_000).nullish() })
export const latencyParts = ['e2e', 'asr', 'llm', 'llm_websocket_network_rtt', 'tts', 's2s', 'knowledge_base'] as const

const Cost = z.looseObject({
  combined_cost: Amount,
  product_costs: z
    .array(z.looseObject({ product: Word, cost: Amount }))
    .max(100)
    .nullish(),
})

const Analysis = z.looseObject({
  call_summary: Text(10_000).nullish(),
  call_successful: z.boolean().nullish(),
  user_sentiment: Word.nullish(),
})

/** The fields we read of a Retell call. Anything else may be there and is left alone; these must be what they say. */
const RetellCall = z.looseObject({
  call_id: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters'),
  call_type: Word.nullish(),
  call_status: Word.nullish(),
  agent_id: Word.nullish(),
  agent_name: Word.nullish(),
  agent_version: z.number().nullish(),
  direction: z.enum(['inbound', 'outbound']).nullish(),
  from_number: Text(120).nullish(),
  to_number: Text(120).nullish(),
  start_timestamp: Millis.nullish(),
  end_timestamp: Millis.nullish(),
  transfer_end_timestamp: Millis.nullish(),
  duration_ms: z.number().min(0).max(86_400_000).nullish(),
  disconnection_reason: Word.nullish(),
  transcript_object: z.array(Utterance).max(2_000).nullish(),
  transcript_with_tool_calls: z.array(UtteranceOrTool).max(4_000).nullish(),
  recording_url: Text(4_000).nullish(),
  scrubbed_recording_url: Text(4_000).nullish(),
  latency: z.looseObject(Object.fromEntries(latencyParts.map((part) => [part, Percentiles.nullish()]))).nullish(),
  call_cost: Cost.nullish(),
  call_analysis: Analysis.nullish(),
  telephony_identifier: z.looseObject({ twilio_call_sid: Word.nullish() }).nullish(),
  metadata: z.unknown().optional(),
})
export type RetellCall = z.output<typeof RetellCall>

export const retellEvents = [
  'call_started',
  'call_ended',
  'call_analyzed',
  'transcript_updated',
  'transfer_started',
  'transfer_bridged',
  'transfer_cancelled',
  'transfer_ended',
] as const
export type RetellEventName = (typeof retellEvents)[number]

/** Read first: an event we do not know is acknowledged whatever it carries. */
export const RetellEnvelope = z.looseObject({ event: z.string().min(1).max(200) })
export const RetellEvent = z.looseObject({ event: z.enum(retellEvents), call: RetellCall })
