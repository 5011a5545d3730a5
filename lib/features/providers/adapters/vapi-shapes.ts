import { z } from 'zod'

import { cutTo } from './cut-text.ts'
import { callName } from './reading.ts'

const Word = cutTo(200)
const Address = cutTo(4_000)
const Summary = cutTo(10_000)
const oldest = 0
const newest = 4_102_444_800_000
const inRange = (ms: number): boolean => ms >= oldest && ms < newest

/** Vapi writes times of a call as ISO text and times of a message as milliseconds. */
const Moment = z.union([z.string().max(40), z.number()]).transform((told, context) => {
  const ms = typeof told === 'number' ? told : Date.parse(told)
  if (inRange(ms)) return new Date(Math.round(ms))
  context.addIssue('must be a time between 1970 and 2100')
  return z.NEVER
})
const Dollars = z.number().min(0).max(10_000_000)

const Message = z.object({
  role: Word,
  message: cutTo(20_000).nullish(),
  secondsFromStart: z.number().nullish(),
})
export type VapiMessage = z.output<typeof Message>
const Messages = z.array(Message).max(10_000).nullish()

const Party = z.object({ number: cutTo(120).nullish(), sipUri: cutTo(300).nullish() })
const Assistant = z.object({ name: Word.nullish(), metadata: z.unknown().optional() })

const Averages = z.object({
  turnLatencyAverage: z.number().nullish(),
  modelLatencyAverage: z.number().nullish(),
  voiceLatencyAverage: z.number().nullish(),
  transcriberLatencyAverage: z.number().nullish(),
  endpointingLatencyAverage: z.number().nullish(),
})
const Artifact = z.object({
  messages: Messages,
  recordingUrl: Address.nullish(),
  stereoRecordingUrl: Address.nullish(),
  recording: z
    .object({
      stereoUrl: Address.nullish(),
      mono: z.object({ combinedUrl: Address.nullish() }).nullish(),
    })
    .nullish()
    .catch(null),
  performanceMetrics: Averages.nullish().catch(null),
})

const Consent = z.object({ type: z.unknown().optional(), grantedAt: Moment.nullish() })
const CostItem = z.object({ type: Word.nullish(), cost: Dollars.nullish() })
const Breakdown = z.object({
  transport: Dollars.nullish(),
  stt: Dollars.nullish(),
  llm: Dollars.nullish(),
  tts: Dollars.nullish(),
  vapi: Dollars.nullish(),
  chat: Dollars.nullish(),
})

const Call = z.object({
  id: callName,
  type: Word.nullish(),
  createdAt: Moment.nullish(),
  startedAt: Moment.nullish(),
  endedAt: Moment.nullish(),
  schedulePlan: z.unknown().optional(),
  phoneCallProviderId: callName.nullish().catch(null),
  assistantId: Word.nullish(),
  campaignId: Word.nullish(),
  assistant: Assistant.nullish().catch(null),
  customer: Party.nullish(),
  phoneNumber: Party.nullish(),
})
export type VapiCall = z.output<typeof Call>

/** The messages that tell something lasting about a call; of everything else Vapi sends we only say that it came. */
export const telling = [
  'assistant-request',
  'status-update',
  'conversation-update',
  'transcript',
  'transfer-update',
  'language-change-detected',
  'end-of-call-report',
] as const
export type TellingType = (typeof telling)[number]

/** The fields we read of a message. What is a matter of taste to Vapi (analysis, metrics) is left out when it looks strange. */
const Told = z.object({
  type: z.string(),
  timestamp: Moment.nullish(),
  call: Call.nullish(),
  customer: Party.nullish(),
  phoneNumber: Party.nullish(),
  assistant: Assistant.nullish().catch(null),
  status: Word.nullish(),
  endedReason: Word.nullish(),
  startedAt: Moment.nullish(),
  endedAt: Moment.nullish(),
  durationMs: z.number().min(0).max(86_400_000).nullish().catch(null),
  cost: Dollars.nullish(),
  costs: z.array(CostItem).max(200).nullish(),
  costBreakdown: Breakdown.nullish().catch(null),
  language: Word.nullish(),
  transcriptType: Word.nullish(),
  messages: Messages,
  artifact: Artifact.nullish(),
  recordingUrl: Address.nullish(),
  summary: Summary.nullish().catch(null),
  analysis: z
    .object({ summary: Summary.nullish().catch(null), successEvaluation: z.unknown().optional() })
    .nullish()
    .catch(null),
  compliance: z.object({ recordingConsent: Consent.nullish() }).nullish().catch(null),
})
export type VapiTold = z.output<typeof Told>

/** Read first: a message we do not know is acknowledged whatever it carries. */
export const VapiEnvelope = z.object({ message: z.looseObject({ type: z.string().min(1).max(200) }) })
export const VapiTelling = z.object({ message: Told })
