import type { Adapter, ProviderEvent } from './port.ts'
import { readAs } from './reading.ts'
import { factsOf, RETELL_COUNTRIES } from './retell-facts.ts'
import { RetellEnvelope, RetellEvent, retellEvents, type RetellCall, type RetellEventName } from './retell-shapes.ts'
import { verifyRetell } from './retell-signature.ts'

const SAFE_NAME = /^[a-z][a-z_.]{0,59}$/

const isKnown = (event: string): event is RetellEventName => retellEvents.some((one) => one === event)

/**
 * Retell stamps no event, but a call's start and end are moments of it. Never the time of arrival: a late event would
 * then pass for the newest. Events of one moment are told apart by the stage of their transcript.
 */
function momentOf(event: RetellEventName, call: RetellCall): Date | null {
  if (event === 'transfer_ended' && call.transfer_end_timestamp) return call.transfer_end_timestamp
  const isEnding = event === 'call_ended' || event === 'call_analyzed'
  return (isEnding ? call.end_timestamp : null) ?? call.start_timestamp ?? null
}

function read(body: unknown): ProviderEvent {
  const { event } = readAs(RetellEnvelope, body, 'Retell')
  if (!isKnown(event)) {
    return { eventId: null, eventType: SAFE_NAME.test(event) ? event : 'unrecognised', occurredAt: null, facts: null }
  }
  const { call } = readAs(RetellEvent, body, 'Retell')
  return { eventId: null, eventType: event, occurredAt: momentOf(event, call), facts: factsOf(event, call) }
}

/** Retell, SDK 5. It names no delivery, so `eventId` is always null; it handles calls in the United States. */
export const retell: Adapter = {
  kind: 'retell',
  name: 'Retell',
  countries: RETELL_COUNTRIES,
  body: 'json',
  authenticity: () => 'signed',
  verify: verifyRetell,
  read,
}
