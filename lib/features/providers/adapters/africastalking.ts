import { createHash } from 'node:crypto'

import { AFRICASTALKING_COUNTRIES, africasTalkingFacts, endOf, VoiceCallback } from './africastalking-facts.ts'
import type { Adapter, ProviderEvent, ProviderSettings } from './port.ts'
import { readAs } from './reading.ts'

function read(body: unknown, settings: ProviderSettings): ProviderEvent {
  const call = readAs(VoiceCallback, body, 'Africa’s Talking')
  const isOver = call.isActive === '0'
  return {
    eventId: fingerprint(body),
    eventType: isOver ? 'call.ended' : 'call.active',
    occurredAt: (isOver ? endOf(call) : call.callStartTime) ?? null,
    facts: africasTalkingFacts(call, settings),
  }
}

/** The same fields make the same event, however they were ordered or escaped on the way. */
function fingerprint(body: unknown): string {
  const fields = Object.entries(Object(body) as Record<string, unknown>) // an object: it has just been read as one
  const ordered = fields.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex')
}

/** Africa's Talking's voice callbacks. Nothing signs them: all there is to know them by is the address they were sent to. */
export const africasTalking: Adapter = {
  kind: 'africastalking',
  name: 'Africa’s Talking',
  countries: AFRICASTALKING_COUNTRIES,
  body: 'form',
  neverKept: ['dtmfDigits'],
  authenticity: () => 'unsigned',
  verify: () => ({ ok: true }),
  read,
}
