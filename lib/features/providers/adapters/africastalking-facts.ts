import { z } from 'zod'

import { minorOf } from '../../../kernel/money.ts'
import type { CallFacts } from '../../calls/shapes.ts'
import { africasTalkingEnding } from './africastalking-endings.ts'
import { optional, timeOf, wholeSeconds } from './form-shapes.ts'
import type { ProviderSettings } from './port.ts'
import { callName, given, httpsAddress, textOf } from './reading.ts'

export const AFRICASTALKING_COUNTRIES = ['KE']

const Word = textOf(60)
/** `2026-11-24 09:00:00`, which names no zone and is taken for UTC. */
const StartTime = timeOf((text) =>
  Date.parse(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text),
)

/** The fields we read of a voice callback. Keys that were pressed are not among them. */
export const VoiceCallback = z.object({
  sessionId: callName,
  isActive: z.enum(['0', '1'], 'must be 0 or 1'),
  direction: optional(Word),
  callerNumber: z.string().max(120).optional(),
  destinationNumber: z.string().max(120).optional(),
  callStartTime: optional(StartTime),
  callSessionState: optional(Word),
  durationInSeconds: optional(wholeSeconds),
  currencyCode: optional(z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as KES')),
  amount: optional(z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be a plain amount')),
  hangupCause: optional(Word),
  recordingUrl: optional(textOf(4_000)),
})
export type VoiceCallback = z.output<typeof VoiceCallback>

export function africasTalkingFacts(call: VoiceCallback, settings: ProviderSettings): CallFacts {
  return {
    externalId: call.sessionId,
    carrierCallId: call.sessionId,
    ...partiesOf(call, settings),
    ...given('startedAt', call.callStartTime),
    ...(call.isActive === '1' ? runningFacts(call) : endedFacts(call)),
    ...given('recordingUrl', ownRecording(call.recordingUrl)),
    consent: { state: 'unknown' },
    countries: [...AFRICASTALKING_COUNTRIES],
  }
}

export function endOf(call: VoiceCallback): Date | null {
  const seconds = call.durationInSeconds ?? 0
  return call.callStartTime ? new Date(call.callStartTime.getTime() + seconds * 1000) : null
}

/** Our own numbers, if told; the account's name, so that a person knows which it is. */
export const AfricasTalkingSettings = z.strictObject({
  numbers: z
    .array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +254711082000'))
    .max(100)
    .default([]),
  username: z.string().trim().min(1).max(60).optional(),
})

/**
 * `callerNumber` is the phone user and `destinationNumber` ours, in both directions. Whoever tells us their numbers gets one
 * more look: one of ours that stands in the caller's place changes places.
 */
function partiesOf(call: VoiceCallback, settings: ProviderSettings): Partial<CallFacts> {
  const word = call.direction?.toLowerCase()
  const direction = word === 'inbound' || word === 'outbound' ? word : null
  const read = AfricasTalkingSettings.safeParse(settings)
  const ours = new Set(read.success ? read.data.numbers.map(digitsOf) : [])
  const isTurned = ours.has(digitsOf(call.callerNumber)) && !ours.has(digitsOf(call.destinationNumber))
  const [outside, own] = isTurned
    ? [call.destinationNumber, call.callerNumber]
    : [call.callerNumber, call.destinationNumber]
  const caller = outside?.trim() === '' ? 'anonymous' : outside
  return { ...given('direction', direction), ...given('caller', caller), ...given('number', own?.trim()) }
}

const digitsOf = (number: string | undefined): string => (number ?? '').replaceAll(/\D/g, '')

function runningFacts({ callSessionState: state }: VoiceCallback): Partial<CallFacts> {
  return { status: /^(ringing|dialing)$/i.test(state ?? '') ? 'ringing' : 'in_progress' }
}

function endedFacts(call: VoiceCallback): Partial<CallFacts> {
  const seconds = call.durationInSeconds ?? 0
  const word = call.direction?.toLowerCase()
  const { status, endedReason } = africasTalkingEnding({
    cause: call.hangupCause,
    state: call.callSessionState,
    direction: word === 'inbound' || word === 'outbound' ? word : undefined,
    seconds,
  })
  const hasTalked = seconds > 0 && status === 'completed'
  return {
    status,
    endedReason,
    ...given('endedReasonRaw', call.hangupCause ?? call.callSessionState),
    ...given('endedAt', endOf(call)),
    ...(hasTalked ? { ...given('answeredAt', call.callStartTime), talkMs: seconds * 1000 } : {}),
    ...given('cost', costOf(call)),
  }
}

/** In the currency of the account; rounded once to its minor units. */
function costOf({ amount, currencyCode: currency }: VoiceCallback): CallFacts['cost'] | null {
  if (amount === undefined || currency === undefined) return null
  const amountMinor = minorOf(amount, currency)
  return amountMinor === null ? null : { amountMinor, currency }
}

/** Anybody who knows the address could name any place here, so only the provider's own is kept. */
function ownRecording(text: string | undefined): string | null {
  const address = httpsAddress(text)
  return address && /(^|\.)africastalking\.com$/.test(new URL(address).hostname) ? address : null
}
