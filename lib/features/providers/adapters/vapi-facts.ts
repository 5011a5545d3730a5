import { minorOf } from '../../../kernel/money.ts'
import type { CallFacts, CallStatus, IncomingTurn } from '../../calls/shapes.ts'
import { plainMetadata } from './plain-metadata.ts'
import { given, httpsAddress } from './reading.ts'
import { vapiEnding } from './vapi-endings.ts'
import type { TellingType, VapiCall, VapiMessage, VapiTold } from './vapi-shapes.ts'

export const VAPI_COUNTRIES = ['US']

/** A day: the longest call there is. */
const LONGEST_CALL_MS = 86_400_000
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/

const running: ReadonlyMap<string, CallStatus> = new Map([
  ['scheduled', 'queued'],
  ['queued', 'queued'],
  ['ringing', 'ringing'],
  ['in-progress', 'in_progress'],
  ['forwarding', 'in_progress'],
])

/** Everything one message says about its call. */
export function vapiFacts(type: TellingType, told: VapiTold, call: VapiCall): CallFacts {
  const hasEnded = type === 'end-of-call-report' || (type === 'status-update' && told.status === 'ended')
  return {
    externalId: call.id,
    ...given('carrierCallId', call.phoneCallProviderId),
    ...given('agent', told.assistant?.name ?? call.assistant?.name),
    ...partiesOf(told, call),
    // A call planned for later was made long before it began.
    ...given('startedAt', earlier(told.startedAt ?? call.startedAt, call.schedulePlan ? null : call.createdAt)),
    ...(hasEnded ? endedFacts(type, told, call) : runningFacts(type, told, call)),
    ...given('transcript', transcriptOf(type, told)),
    ...given('languages', type === 'language-change-detected' ? languagesOf(told.language) : null),
    ...given(
      'metadata',
      plainMetadata(told.assistant?.metadata ?? call.assistant?.metadata, {
        vapi_assistant_id: call.assistantId,
        vapi_campaign_id: call.campaignId,
      }),
    ),
    consent: consentOf(told),
    countries: [...VAPI_COUNTRIES],
  }
}

function earlier(one: Date | null | undefined, other: Date | null | undefined): Date | null {
  if (!one || !other) return one ?? other ?? null
  return one < other ? one : other
}

/** The first text that says something. */
function firstOf(...texts: (string | null | undefined)[]): string | null {
  return texts.map((text) => text?.trim()).find(Boolean) ?? null
}

/** Vapi's `customer` is the outside party whichever way the call went. A call in a browser has no number. */
function partiesOf(told: VapiTold, call: VapiCall): Partial<CallFacts> {
  const direction =
    call.type === 'inboundPhoneCall' ? 'inbound' : call.type === 'outboundPhoneCall' ? 'outbound' : undefined
  if (!direction && call.type) return { direction: 'inbound', caller: 'anonymous' }
  const customer = told.customer ?? call.customer
  const ours = told.phoneNumber ?? call.phoneNumber
  const caller = firstOf(customer?.number, customer?.sipUri)
  return {
    ...given('direction', direction),
    // Somebody always calls in; nobody is guessed for a call going out.
    ...given('caller', caller ?? (direction === 'inbound' ? 'anonymous' : null)),
    ...given('number', firstOf(ours?.number, ours?.sipUri)),
  }
}

/** While a call runs, how it will end may already show, but not for certain: endings wait for the message that is about them. */
function runningFacts(type: TellingType, told: VapiTold, call: VapiCall): Partial<CallFacts> {
  if (type === 'assistant-request') return { status: 'ringing' }
  const known = type === 'status-update' ? running.get(told.status ?? '') : 'in_progress'
  const answeredAt = told.startedAt ?? call.startedAt ?? (told.status === 'in-progress' ? told.timestamp : null)
  return {
    ...given('status', known),
    ...given('statusRaw', known ? null : told.status),
    ...given('answeredAt', known === 'in_progress' ? answeredAt : null),
  }
}

function endedFacts(type: TellingType, told: VapiTold, call: VapiCall): Partial<CallFacts> {
  const startedAt = told.startedAt ?? call.startedAt ?? null
  const isReport = type === 'end-of-call-report'
  const endedAt = told.endedAt ?? call.endedAt ?? (isReport ? null : told.timestamp) ?? null
  const { status, endedReason } = vapiEnding(told.endedReason, startedAt !== null)
  const hasTalked = startedAt !== null && !['no_answer', 'busy', 'rejected'].includes(status)
  return {
    status,
    endedReason,
    ...given('endedReasonRaw', told.endedReason),
    ...given('endedAt', endedAt),
    ...given('answeredAt', hasTalked ? startedAt : null),
    ...(isReport ? reportFacts(told, hasTalked ? startedAt : null, endedAt) : {}),
  }
}

/** What only the report knows, because only then it no longer changes. */
function reportFacts(told: VapiTold, answeredAt: Date | null, endedAt: Date | null): Partial<CallFacts> {
  const span = answeredAt && endedAt ? endedAt.getTime() - answeredAt.getTime() : told.durationMs
  const { artifact, analysis } = told
  const recording = firstOf(
    artifact?.recordingUrl,
    told.recordingUrl,
    artifact?.recording?.mono?.combinedUrl,
    artifact?.recording?.stereoUrl,
    artifact?.stereoRecordingUrl,
  )
  return {
    ...given('talkMs', answeredAt && typeof span === 'number' ? clamped(span) : null),
    ...given('cost', costOf(told)),
    ...given('latencyMs', latencyOf(told)),
    ...given('recordingUrl', httpsAddress(recording)),
    ...given('summary', analysis?.summary ?? told.summary),
    ...given('success', successOf(analysis?.successEvaluation)),
  }
}

const clamped = (ms: number): number => Math.min(Math.max(0, Math.round(ms)), LONGEST_CALL_MS)

/**
 * Vapi bills in fractions of a US cent. Each amount is rounded to whole cents, halves up, on its own: the total is the provider's
 * total rounded once, never a sum of rounded parts, so the components may differ from it by some cents.
 */
function costOf(told: VapiTold): CallFacts['cost'] | null {
  const amountMinor = centsOf(told.cost)
  if (amountMinor === null) return null
  const parts: [string, number | null | undefined][] = told.costs
    ? told.costs.map(({ type, cost }) => [firstOf(type) ?? 'other', cost])
    : Object.entries(told.costBreakdown ?? {})
  const components = parts.flatMap(([name, amount]) => {
    const minor = centsOf(amount)
    return minor === null ? [] : [{ name, amountMinor: minor }]
  })
  return { amountMinor, currency: 'USD', ...(components.length > 0 ? { components } : {}) }
}

/** By way of its decimal, because 1.005 times a hundred is less than it seems. */
function centsOf(dollars: number | null | undefined): number | null {
  return typeof dollars === 'number' ? minorOf(dollars.toFixed(12), 'USD') : null
}

function latencyOf({ artifact }: VapiTold): Record<string, number> | null {
  const metrics = artifact?.performanceMetrics
  const parts: [string, number | null | undefined][] = [
    ['e2e', metrics?.turnLatencyAverage],
    ['llm', metrics?.modelLatencyAverage],
    ['tts', metrics?.voiceLatencyAverage],
    ['asr', metrics?.transcriberLatencyAverage],
    ['endpointing', metrics?.endpointingLatencyAverage],
  ]
  const known = parts.flatMap(([name, ms]): [string, number][] =>
    typeof ms === 'number' && ms >= 0 && ms < 3_600_000 ? [[name, Math.round(ms)]] : [],
  )
  return known.length > 0 ? Object.fromEntries(known) : null
}

/** Only a plain yes or no: what a rubric of somebody's own means, we do not know. */
function successOf(told: unknown): boolean | null {
  const word = String(typeof told === 'string' || typeof told === 'boolean' ? told : '').toLowerCase()
  return word === 'true' || word === 'pass' ? true : word === 'false' || word === 'fail' ? false : null
}

/** Vapi asks for consent only where its plan says so, and then a missing time means that it was not given. */
function consentOf({ compliance }: VapiTold): NonNullable<CallFacts['consent']> {
  const asked = compliance?.recordingConsent
  if (!asked) return { state: 'unknown' }
  const type = typeof asked.type === 'string' && asked.type ? { type: asked.type.slice(0, 60) } : {}
  return asked.grantedAt ? { state: 'given', ...type, at: asked.grantedAt } : { state: 'refused', ...type }
}

function languagesOf(told: string | null | undefined): string[] | null {
  return told && LANGUAGE.test(told) ? [told] : null
}

const roles: ReadonlyMap<string, IncomingTurn['role']> = new Map([
  ['bot', 'agent'],
  ['assistant', 'agent'],
  ['user', 'caller'],
])

/** Later stages hold a more finished transcript. */
function transcriptOf(type: TellingType, told: VapiTold): CallFacts['transcript'] | null {
  const turns = turnsOf(told.artifact?.messages ?? told.messages ?? [])
  if (turns.length === 0) return null
  return { stage: type === 'end-of-call-report' ? 3 : told.status === 'ended' ? 2 : 1, turns }
}

/** Only what people and the agent said: the prompt, tools and their answers are not part of the talk. */
function turnsOf(messages: readonly VapiMessage[]): IncomingTurn[] {
  return messages.flatMap(({ role: theirs, message, secondsFromStart }) => {
    const role = roles.get(theirs)
    return role && message ? [{ role, text: message, atMs: clamped((secondsFromStart ?? 0) * 1000) }] : []
  })
}
