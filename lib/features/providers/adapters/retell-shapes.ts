import { z } from 'zod'

import { cutTo } from './cut-text.ts'
import { callName } from './reading.ts'

const Word = cutTo(200)
const Millis = z
  .number()
  .min(0)
  .max(4_102_444_800_000)
  .transform((ms) => new Date(Math.round(ms)))
const Amount = z.number().min(0).max(1_000_000_000)

/** When the first of the words was said. The others are not looked at: an hour of talk has ten thousand of them. */
const FirstWord = z
  .array(z.unknown())
  .max(20_000)
  .transform(([first], context) => {
    const start = typeof first === 'object' && first !== null && 'start' in first ? first.start : null
    if (start === null || (typeof start === 'number' && start >= 0)) return start
    context.addIssue({ code: 'custom', message: 'must be a number of seconds', path: [0, 'start'] })
    return z.NEVER
  })
const utteranceOf = (longest: number) =>
  z.object({ role: Word, content: cutTo(longest).nullish(), words: FirstWord.nullish() })
const Utterance = utteranceOf(20_000)
export type Utterance = z.output<typeof Utterance>
/** Among these are answers of tools, which we do not read and may be long. */
const UtteranceOrTool = utteranceOf(1_000_000)
const MOST_UTTERANCES = 10_000

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
  call_summary: cutTo(10_000).nullish(),
  call_successful: z.boolean().nullish(),
  user_sentiment: Word.nullish(),
})

/** The fields we read of a Retell call. Anything else may be there and is left alone; these must be what they say. */
const RetellCall = z.looseObject({
  call_id: callName,
  call_type: Word.nullish(),
  call_status: Word.nullish(),
  agent_id: Word.nullish(),
  agent_name: Word.nullish(),
  direction: z.enum(['inbound', 'outbound']).nullish(),
  from_number: cutTo(120).nullish(),
  to_number: cutTo(120).nullish(),
  start_timestamp: Millis.nullish(),
  end_timestamp: Millis.nullish(),
  transfer_end_timestamp: Millis.nullish(),
  duration_ms: z.number().min(0).max(86_400_000).nullish(),
  disconnection_reason: Word.nullish(),
  transcript_object: z.array(Utterance).max(MOST_UTTERANCES).nullish(),
  transcript_with_tool_calls: z.array(UtteranceOrTool).max(MOST_UTTERANCES).nullish(),
  recording_url: cutTo(4_000).nullish(),
  scrubbed_recording_url: cutTo(4_000).nullish(),
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
