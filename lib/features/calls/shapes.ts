import { z } from 'zod'

import { isUuid } from '../../kernel/ids.ts'
import { When } from '../../kernel/when.ts'
import { Reconciled } from './reconcile-shapes.ts'
import { CallStatus, Direction, EndedReason, TurnRole } from './call-words.ts'

export { callStatuses } from '../../kernel/call-status.ts'
export { CallStatus, Direction, EndedReason, endedReasons, TurnRole } from './call-words.ts'
export { CallChoices, CallFilter, ChooseFrom, ListCalls, ListFollowUps } from './list-shapes.ts'

const CallIdText = z.string().refine(isUuid, 'must be the id of a call')
const ShortText = z.string().max(200)

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
    .refine((metadata) => Object.keys(metadata).length <= 50, 'must have at most 50 entries')
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
  /** Why the digits are not here: never stored, sealed but closed by masking, not for this actor, or sealed until revealed. `none`: they are here. */
  hidden: z.enum(['not_stored', 'closed', 'not_allowed', 'sealed', 'none']),
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
  /** Ids; some may be of tags deleted since. */
  tags: z.array(z.string()),
  follow_up: z.object({ state: z.enum(['open', 'done']), assigned_to: z.string().nullable() }).nullable(),
})
export type ShownCall = z.infer<typeof ShownCall>

export const CallPage = z.object({ data: z.array(ShownCall), next_cursor: z.string().nullable() })
export type CallPage = z.infer<typeof CallPage>

/** What a row of our own list shows of a call, and no more: data costs money where it is read. */
export const ListedCall = ShownCall.pick({
  id: true,
  environment: true,
  status: true,
  status_raw: true,
  direction: true,
  agent: true,
  started_at: true,
  talk_ms: true,
  outcome: true,
  cost: true,
  tags: true,
  follow_up: true,
}).extend({ caller: ShownCaller.pick({ kind: true, masked: true, hidden: true }) })
export type ListedCall = z.infer<typeof ListedCall>

export const ListedPage = z.object({ data: z.array(ListedCall), next_cursor: z.string().nullable() })
export type ListedPage = z.infer<typeof ListedPage>

/** A call that somebody should look at again. */
export const FollowUp = z.object({
  call: ListedCall,
  why: z.string().nullable(),
  /** Null: they are no member any more. */
  asked_by: z.string().nullable(),
  asked_at: z.string(),
  /** A member; null: whoever comes first. */
  assigned_to: z.string().nullable(),
})
export type FollowUp = z.infer<typeof FollowUp>
export const FollowUpPage = z.object({ data: z.array(FollowUp), next_cursor: z.string().nullable() })

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
  cost_components: z.array(z.object({ name: z.string(), amount_minor: z.number() })),
  /** Which version of its voice agent’s config answered; null: none was published under that name. */
  config_version: z.number().nullable(),
  /** What of outcome and success a person said; no event changes it. */
  judged: z.array(z.enum(['outcome', 'success'])),
  /** Null where what was told carries its own proof; otherwise what the provider's own log said of it. */
  reconciliation: Reconciled.nullable(),
})
export type CallDetail = z.infer<typeof CallDetail>

export const Transcript = z.object({
  call_id: z.string(),
  turns: z.array(z.object({ role: TurnRole, text: z.string(), at_ms: z.number() })),
})
export type Transcript = z.infer<typeof Transcript>

export const OneCall = z.strictObject({ id: CallIdText })

export { ReconcileCalls, ReconciledCalls } from './reconcile-shapes.ts'
export { Neighbours, OutcomeSet, Openings, SetOutcome } from './work-shapes.ts'

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
