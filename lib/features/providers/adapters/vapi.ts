import type { Adapter, ProviderEvent } from './port.ts'
import { readAs } from './reading.ts'
import { vapiAuthenticity, verifyVapi } from './vapi-authenticity.ts'
import { VAPI_COUNTRIES, vapiFacts } from './vapi-facts.ts'
import { telling, type TellingType, VapiEnvelope, type VapiTold, VapiTelling } from './vapi-shapes.ts'

const SAFE_NAME = /^[a-zA-Z][a-zA-Z.-]{0,59}$/

const isTelling = (type: string): type is TellingType => telling.some((one) => one === type)

/** A message's own time; one that has none is as old as what it tells of. Never the time of arrival. */
function momentOf({ timestamp, call, ...told }: VapiTold): Date | null {
  return (
    timestamp ??
    told.endedAt ??
    call?.endedAt ??
    told.startedAt ??
    call?.startedAt ??
    (call?.schedulePlan ? null : call?.createdAt) ??
    null
  )
}

function read(body: unknown): ProviderEvent {
  const { message } = readAs(VapiEnvelope, body, 'Vapi')
  // `transcript[transcriptType="final"]` is a transcript.
  const type = message.type.replace(/\[.*$/s, '')
  const eventType = SAFE_NAME.test(type) ? type : 'unrecognised'
  const acknowledged = { eventId: null, eventType, occurredAt: null, facts: null }
  if (!isTelling(type)) return acknowledged
  const { message: told } = readAs(VapiTelling, body, 'Vapi')
  // Chats have messages of the same names, and a half-said sentence is told again when it is whole.
  if (!told.call || (type === 'transcript' && told.transcriptType === 'partial')) return acknowledged
  return { ...acknowledged, occurredAt: momentOf(told), facts: vapiFacts(type, told, told.call) }
}

/**
 * Vapi's server messages. It names no delivery, so `eventId` is always null. `hang` says that the assistant is slow, not that
 * anybody hung up. Messages that want an answer (`assistant-request`, `tool-calls`) want it of the client's own server: we only
 * listen. It handles calls in the United States.
 */
export const vapi: Adapter = {
  kind: 'vapi',
  name: 'Vapi',
  countries: VAPI_COUNTRIES,
  body: 'json',
  authenticity: vapiAuthenticity,
  verify: verifyVapi,
  read,
}
