import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'

/** In the order a call can only move forward through; everything from `completed` on is an ending. */
export const callStatuses = [
  'queued',
  'ringing',
  'in_progress',
  'completed',
  'no_answer',
  'busy',
  'rejected',
  'voicemail',
  'canceled',
  'failed',
  'unknown_end',
] as const
export const CallStatus = z.enum(callStatuses)
export type CallStatus = z.infer<typeof CallStatus>

export const endedReasons = [
  'caller_hung_up',
  'agent_hung_up',
  'transferred',
  'voicemail',
  'no_answer',
  'busy',
  'rejected',
  'invalid_number',
  'silence',
  'too_long',
  'blocked',
  'provider_error',
  'unknown',
] as const
export const EndedReason = z.enum(endedReasons)
export type EndedReason = z.infer<typeof EndedReason>

export const Direction = z.enum(['inbound', 'outbound'])
export const TurnRole = z.enum(['caller', 'agent', 'tool'])

const CallIdText = z.string().refine(isUuid, 'must be the id of a call')
const ShortText = z.string().max(200)
/** Years that a phone call can be in, and that the database can hold. */
const When = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(19[7-9]|20[0-9])\d-/.test(text), 'must be a time between 1970 and 2100')

const Cost = z.strictObject({
  amount_minor: z.int().min(0).max(1_000_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
})
const Consent = z.strictObject({
  state: z.enum(['given', 'refused', 'not_asked', 'unknown']),
  type: z.string().max(60).optional(),
  at: When.optional(),
})
const IncomingTurn = z.strictObject({
  role: TurnRole,
  text: z.string().max(20_000),
  at_ms: z.int().min(0).max(86_400_000),
})

/** Body of `POST /api/v1/calls`. Unknown fields are refused with their names. */
export const IngestCall = z.strictObject({
  external_id: z.string().min(1).max(200),
  direction: Direction,
  caller: z.string().min(1).max(120),
  number: z.string().min(1).max(120),
  agent: ShortText,
  status: CallStatus,
  started_at: When,
  answered_at: When.optional(),
  ended_at: When.optional(),
  ended_reason: EndedReason.optional(),
  languages: z
    .array(
      z
        .string()
        .regex(
          /^[A-Za-z]{2,3}(-([A-Za-z]{2,8}|[0-9]{3}))?(-[A-Za-z]{2,8}){0,2}$/,
          'must be a language tag such as en or pcm',
        ),
    )
    .max(10)
    .optional(),
  outcome: ShortText.optional(),
  summary: z.string().max(10_000).optional(),
  cost: Cost.optional(),
  transcript: z.array(IncomingTurn).max(2_000).optional(),
  recording_url: z.url().max(2_000).optional(),
  consent: Consent.optional(),
  metadata: z
    .record(z.string().max(60), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]))
    .optional(),
})

/** Body of `POST /api/v1/calls/{id}/events`. */
const CallEventInput = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('status'),
    status: CallStatus,
    at: When.optional(),
    ended_reason: EndedReason.optional(),
  }),
  z.strictObject({
    type: z.literal('turn'),
    role: TurnRole,
    text: z.string().max(20_000),
    at_ms: z.int().min(0).max(86_400_000),
  }),
  z.strictObject({
    type: z.literal('tool_call'),
    name: ShortText,
    at_ms: z.int().min(0).max(86_400_000),
    result: z.string().max(20_000).optional(),
  }),
  z.strictObject({
    type: z.literal('dtmf'),
    digits: z.string().regex(/^[0-9*#]{1,32}$/),
    at_ms: z.int().min(0).max(86_400_000),
  }),
  z.strictObject({ type: z.literal('cost'), cost: Cost }),
  z.strictObject({ type: z.literal('recording'), recording_url: z.url().max(2_000) }),
])

/** How a caller leaves this server: never digits, unless `digits` is allowed by masking, permission and scope together. */
export const ShownCaller = z.object({
  kind: z.enum(['number', 'withheld', 'short_code', 'sip']),
  masked: z.string(),
  country: z.string().nullable(),
  token: z.string().nullable(),
  /** Why the digits are not here: never stored, not for this actor, or sealed until revealed. `none`: they are here. */
  hidden: z.enum(['not_stored', 'not_allowed', 'sealed', 'none']),
  digits: z.string().optional(),
})
export type ShownCaller = z.infer<typeof ShownCaller>

export const ShownCall = z.object({
  id: z.string(),
  environment: z.enum(['live', 'test']),
  external_id: z.string().nullable(),
  provider: z.string(),
  status: CallStatus,
  status_raw: z.string().nullable(),
  direction: Direction,
  caller: ShownCaller,
  number: z.string().nullable(),
  agent: z.string().nullable(),
  started_at: z.string(),
  answered_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  talk_ms: z.number().nullable(),
  ended_reason: EndedReason.nullable(),
  languages: z.array(z.string()),
  outcome: z.string().nullable(),
  success: z.boolean().nullable(),
  cost: z.object({ amount_minor: z.number(), currency: z.string() }).nullable(),
})
export type ShownCall = z.infer<typeof ShownCall>

export const CallPage = z.object({ data: z.array(ShownCall), next_cursor: z.string().nullable() })
export type CallPage = z.infer<typeof CallPage>

/** One call with everything its page shows, the transcript apart (that read is audited on its own). */
export const CallDetail = ShownCall.extend({
  ended_reason_raw: z.string().nullable(),
  sentiment: z.string().nullable(),
  summary: z.string().nullable(),
  consent: z.object({ state: z.string(), type: z.string().nullable(), at: z.string().nullable() }).nullable(),
  latency_ms: z.record(z.string(), z.number()).nullable(),
  countries: z.array(z.string()),
  has_recording: z.boolean(),
  turn_count: z.number(),
})
export type CallDetail = z.infer<typeof CallDetail>

export const Transcript = z.object({
  call_id: z.string(),
  turns: z.array(z.object({ role: TurnRole, text: z.string(), at_ms: z.number() })),
})
export type Transcript = z.infer<typeof Transcript>

/** Query string of the call list: the same for screen, browser API and public API. */
export const ListCalls = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
  status: CallStatus.optional(),
  direction: Direction.optional(),
  caller: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'must be a caller token')
    .optional(),
  from: When.optional(),
  to: When.optional(),
  environment: z.enum(['live', 'test']).optional(),
})
export type ListCalls = z.infer<typeof ListCalls>

export const OneCall = z.strictObject({ id: CallIdText })

/** Why somebody must know a number; kept sealed beside the entry. */
export const RevealCaller = z.strictObject({ id: CallIdText, reason: z.string().trim().min(3).max(300) })
export const RevealedCaller = z.object({ digits: z.string(), revealed_today: z.number() })

export const AddEvent = z.strictObject({ id: CallIdText, event: CallEventInput })
export type AddEvent = z.infer<typeof AddEvent>
export const AddedEvent = z.object({ call: ShownCall, is_duplicate: z.boolean() })
export const IngestedCall = z.object({ call: ShownCall, is_new: z.boolean() })

/** Body of `POST /api/v1/callers/lookup`. */
export const LookUpCaller = z.strictObject({ caller: z.string().min(3).max(60) })

export interface IncomingTurn {
  role: z.infer<typeof TurnRole>
  text: string
  atMs: number
}

/** What an adapter makes of one provider event: only what that event says. Plaintext; it lives until the vault seals it. */
export interface CallFacts {
  externalId: string
  carrierCallId?: string
  direction?: z.infer<typeof Direction>
  /** The outside party as the provider wrote it; normalised and masked later. */
  caller?: string
  /** Our number. */
  number?: string
  agent?: string
  status?: CallStatus
  /** Set when the provider's status word is one we do not know: shown as it came. */
  statusRaw?: string
  endedReason?: EndedReason
  endedReasonRaw?: string
  startedAt?: Date
  answeredAt?: Date
  endedAt?: Date
  talkMs?: number
  languages?: string[]
  outcome?: string
  success?: boolean
  sentiment?: 'positive' | 'neutral' | 'negative'
  summary?: string
  consent?: { state: 'given' | 'refused' | 'not_asked' | 'unknown'; type?: string; at?: Date }
  cost?: { amountMinor: number; currency: string; components?: { name: string; amountMinor: number }[] }
  latencyMs?: Record<string, number>
  recordingUrl?: string
  /** ISO 3166-1 alpha-2 codes of where the provider handled the call. */
  countries?: string[]
  /** A whole transcript replaces one of a lower `stage`, or of the same stage with fewer turns. */
  transcript?: { stage: number; turns: IncomingTurn[] }
  metadata?: Record<string, string | number | boolean | null>
}
