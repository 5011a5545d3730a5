import { AppError, type FieldErrors } from '../../../kernel/app-error.ts'
import { genericFacts, readAll, type ReadFields } from './generic-facts.ts'
import { genericSettings } from './generic-settings.ts'
import { verifyHmac } from './hmac-rule.ts'
import { isSameSecret } from './matching.ts'
import type { Adapter, ProviderEvent, ProviderSettings, SignedRequest, Verdict } from './port.ts'

const SAFE_NAME = /^[a-zA-Z][a-zA-Z._-]{0,59}$/

function verify(request: SignedRequest): Verdict {
  const rule = genericSettings(request.settings)?.signature
  if (!rule) return { ok: false, reason: 'mismatch' }
  if (rule.mode === 'hmac') return verifyHmac(request, rule)
  const header = request.headers.get(rule.header)
  if (header === null || header === '') return { ok: false, reason: 'missing' }
  return isSameSecret(header, request.secret) ? { ok: true } : { ok: false, reason: 'mismatch' }
}

function read(body: unknown, given: ProviderSettings): ProviderEvent {
  const settings = genericSettings(given)
  if (!settings) throw refusal({ settings: 'must say where each field stands' })
  const fields = readAll(body, settings.mapping)
  refuseInvalid(fields)
  const { event_id, event_type } = fields
  const name = event_type.outcome === 'found' ? event_type.value : 'call'
  const facts = genericFacts(body, settings.mapping, fields)
  return {
    eventId: event_id.outcome === 'found' ? event_id.value : null,
    eventType: SAFE_NAME.test(name) ? name : 'unrecognised',
    occurredAt:
      fields.occurred_at.outcome === 'found'
        ? fields.occurred_at.value
        : (facts.endedAt ?? facts.answeredAt ?? facts.startedAt ?? null),
    facts: { ...facts, countries: [...settings.countries] },
  }
}

/** Whoever wires up a system of their own learns most from a refusal that names the field. */
function refuseInvalid(fields: ReadFields): void {
  const wrong: FieldErrors = fields.external_id.outcome === 'missing' ? { external_id: 'is needed' } : {}
  for (const [name, one] of Object.entries(fields)) if (one.outcome === 'invalid') wrong[name] = one.problem
  if (Object.keys(wrong).length > 0) throw refusal(wrong)
}

const refusal = (fields: FieldErrors): AppError =>
  new AppError('invalid_input', 'This is not an event as its mapping describes it.', { fields })

/** JSON of any system, as a mapping describes it. Where its calls are handled only its owner knows. */
export const generic: Adapter = {
  kind: 'generic',
  name: 'Generic JSON',
  countries: [],
  countriesFor: (settings) => genericSettings(settings)?.countries ?? [],
  body: 'json',
  authenticity: (settings) => (genericSettings(settings)?.signature.mode === 'secret' ? 'shared_secret' : 'signed'),
  verify,
  read,
}
