import type { z } from 'zod'

import { AppError, type FieldErrors } from '../../../kernel/app-error.ts'
import type { Adapter, ProviderEvent } from './port.ts'
import { factsOf, RETELL_COUNTRIES } from './retell-facts.ts'
import { RetellEnvelope, RetellEvent, retellEvents, type RetellCall, type RetellEventName } from './retell-shapes.ts'
import { verifyRetell } from './retell-signature.ts'

const MOST_FIELDS = 20
const SAFE_NAME = /^[a-z][a-z_.]{0,59}$/

const NUMBERS_KEPT = new Set([
  'start_timestamp',
  'end_timestamp',
  'transfer_end_timestamp',
  'duration_ms',
  'agent_version',
  'time_sec',
  'start',
  'end',
  'combined_cost',
  'cost',
  'unit_price',
  'total_duration_seconds',
  'total_duration_unit_price',
  'p50',
  'p90',
  'p95',
  'p99',
  'max',
  'min',
  'num',
  'average',
  'num_requests',
  'values',
])
/** Parts of a call that hold whatever a client or a tool put there: no number in them is known to be safe. */
const FREE_FORM = new Set([
  'metadata',
  'call_analysis',
  'collected_dynamic_variables',
  'retell_llm_dynamic_variables',
  'custom_sip_headers',
])

function parsed<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const result = shape.safeParse(body)
  if (result.success) return result.data
  const fields: FieldErrors = {}
  for (const issue of result.error.issues.slice(0, MOST_FIELDS)) fields[issue.path.join('.') || 'body'] = issue.message
  throw new AppError('invalid_input', 'This is not a Retell event as Retell documents it.', { fields })
}

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
  const { event } = parsed(RetellEnvelope, body)
  if (!isKnown(event)) {
    return { eventId: null, eventType: SAFE_NAME.test(event) ? event : 'unrecognised', occurredAt: null, facts: null }
  }
  const { call } = parsed(RetellEvent, body)
  return { eventId: null, eventType: event, occurredAt: momentOf(event, call), facts: factsOf(event, call) }
}

/** Retell, SDK 5. It names no delivery, so `eventId` is always null; it handles calls in the United States. */
export const retell: Adapter = {
  kind: 'retell',
  name: 'Retell',
  countries: RETELL_COUNTRIES,
  verify: verifyRetell,
  read,
  keepNumbersAt(path) {
    const steps = path.filter((step): step is string => typeof step === 'string')
    return NUMBERS_KEPT.has(steps.at(-1) ?? '') && !steps.some((step) => FREE_FORM.has(step))
  },
}
