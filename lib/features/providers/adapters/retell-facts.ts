import type { CallFacts, IncomingTurn } from '../../calls/shapes.ts'
import { plainMetadata } from './plain-metadata.ts'
import { given, httpsAddress } from './reading.ts'
import { retellEnding } from './retell-endings.ts'
import { latencyParts, type RetellCall, type RetellEventName, type Utterance } from './retell-shapes.ts'

export const RETELL_COUNTRIES = ['US']

/** Later stages hold a more finished transcript. */
const transcriptStage = (event: RetellEventName): number =>
  event === 'call_analyzed' ? 3 : event === 'call_ended' ? 2 : 1

/** A day: the longest call there is. */
const LONGEST_CALL_MS = 86_400_000

/** Everything one event says about its call. */
export function factsOf(event: RetellEventName, call: RetellCall): CallFacts {
  const hasEnded = event === 'call_ended' || event === 'call_analyzed'
  return {
    externalId: call.call_id,
    ...given('carrierCallId', call.telephony_identifier?.twilio_call_sid),
    ...given('agent', call.agent_name),
    ...partiesOf(call),
    ...(hasEnded ? endedFacts(call) : runningFacts(event, call)),
    ...given('startedAt', call.start_timestamp),
    ...given('summary', call.call_analysis?.call_summary),
    ...given('success', call.call_analysis?.call_successful),
    ...given('sentiment', sentimentOf(call.call_analysis?.user_sentiment)),
    ...given('transcript', transcriptOf(event, call)),
    // The agent's id too, because a name alone can change.
    ...given('metadata', plainMetadata(call.metadata, { retell_agent_id: call.agent_id })),
    consent: { state: 'unknown' },
    countries: [...RETELL_COUNTRIES],
  }
}

/** The caller is the outside party whichever way the call went. A call in a browser has no number. */
function partiesOf(call: RetellCall): Partial<CallFacts> {
  if (call.call_type === 'web_call') return { direction: 'inbound', caller: 'anonymous' }
  if (!call.direction) return {}
  const [outside, ours] =
    call.direction === 'inbound' ? [call.from_number, call.to_number] : [call.to_number, call.from_number]
  const caller = outside?.trim() === '' ? 'anonymous' : outside
  return { direction: call.direction, ...given('caller', caller), ...given('number', ours) }
}

/**
 * While a call runs only `ongoing` and `registered` are told. An event such as the last transcript may already show how
 * the call ended but not why, and would then contradict the `call_ended` that follows, so endings wait for that.
 */
function runningFacts(event: RetellEventName, call: RetellCall): Partial<CallFacts> {
  if (event === 'call_started' || call.call_status === 'ongoing') {
    return { status: 'in_progress', ...given('answeredAt', call.start_timestamp) }
  }
  if (call.call_status === 'registered') return { status: 'queued' }
  const isKnown = !call.call_status || ['not_connected', 'ended', 'error'].includes(call.call_status)
  return isKnown ? {} : given('statusRaw', call.call_status)
}

function endedFacts(call: RetellCall): Partial<CallFacts> {
  const { status, endedReason } = retellEnding(call.disconnection_reason ?? undefined, call.call_status ?? undefined)
  const talked = (call.duration_ms ?? 0) > 0 && !['no_answer', 'busy', 'rejected'].includes(status)
  const isKnown = ['registered', 'ongoing', 'not_connected', 'ended', 'error', null, undefined].includes(
    call.call_status,
  )
  return {
    status,
    endedReason,
    ...given('statusRaw', isKnown ? null : call.call_status),
    ...given('endedReasonRaw', call.disconnection_reason),
    ...given('endedAt', call.end_timestamp),
    ...(talked ? { ...given('answeredAt', call.start_timestamp), talkMs: Math.round(call.duration_ms ?? 0) } : {}),
    ...given('cost', costOf(call)),
    ...given('latencyMs', latencyOf(call)),
    ...given('recordingUrl', httpsAddress(call.recording_url ?? call.scrubbed_recording_url)),
  }
}

/**
 * Retell bills in fractions of a US cent. Each amount is rounded to whole cents, halves up, on its own: the total is the
 * provider's total rounded once, and the components may differ from it by a cent.
 */
function costOf(call: RetellCall): CallFacts['cost'] | null {
  if (!call.call_cost) return null
  const components = call.call_cost.product_costs?.map(({ product, cost }) => ({
    name: product,
    amountMinor: Math.round(cost),
  }))
  return {
    amountMinor: Math.round(call.call_cost.combined_cost),
    currency: 'USD',
    ...(components ? { components } : {}),
  }
}

function latencyOf(call: RetellCall): Record<string, number> | null {
  const medians = latencyParts.flatMap((part): [string, number][] => {
    const p50 = call.latency?.[part]?.p50
    return typeof p50 === 'number' ? [[part, Math.round(p50)]] : []
  })
  return medians.length > 0 ? Object.fromEntries(medians) : null
}

function sentimentOf(word: string | null | undefined): CallFacts['sentiment'] | null {
  const lower = word?.toLowerCase()
  return lower === 'positive' || lower === 'neutral' || lower === 'negative' ? lower : null
}

const roles: ReadonlyMap<string, IncomingTurn['role']> = new Map([
  ['agent', 'agent'],
  ['user', 'caller'],
  ['transfer_target', 'agent'],
])

function transcriptOf(event: RetellEventName, call: RetellCall): CallFacts['transcript'] | null {
  const turns = turnsOf(call.transcript_object ?? call.transcript_with_tool_calls ?? [])
  return turns.length > 0 ? { stage: transcriptStage(event), turns } : null
}

/** Only what people and the agent said. A turn without word times is placed where the turn before it began. */
function turnsOf(utterances: readonly Utterance[]): IncomingTurn[] {
  const turns: IncomingTurn[] = []
  let atMs = 0
  for (const { role: theirs, content, words } of utterances) {
    const role = roles.get(theirs)
    if (!role || !content) continue
    if (typeof words === 'number') atMs = Math.min(Math.round(words * 1000), LONGEST_CALL_MS)
    turns.push({ role, text: content, atMs })
  }
  return turns
}
