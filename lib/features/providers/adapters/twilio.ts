import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { Adapter, ProviderEvent, ProviderSettings } from './port.ts'
import { readAs } from './reading.ts'
import { twilioCountries, TwilioCallback, twilioFacts } from './twilio-facts.ts'
import { signedText, verifyTwilio } from './twilio-signature.ts'

const Form = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/**
 * A delivery has no id of its own, and its bytes can be written in many ways that one signature covers: so what Twilio signs
 * is what makes two deliveries the same.
 */
function fingerprint(form: z.output<typeof Form>): string {
  const fields = Object.entries(form).map(([name, value]) => [name, [value].flat()] as const)
  return createHash('sha256').update(signedText(fields)).digest('hex')
}

function read(body: unknown, settings: ProviderSettings): ProviderEvent {
  const form = readAs(Form, body, 'Twilio')
  const eventType = typeOf(form)
  // Conferences, machine detection and the like: heard, nothing of a call to keep.
  if (eventType === 'unrecognised') return { eventId: null, eventType, occurredAt: null, facts: null }
  const call = readAs(TwilioCallback, form, 'Twilio')
  return {
    eventId: fingerprint(form),
    eventType,
    occurredAt: call.Timestamp ?? call.RecordingStartTime ?? null,
    facts: twilioFacts(call, settings),
  }
}

function typeOf(form: z.output<typeof Form>): string {
  const [kind, word] = 'CallStatus' in form ? ['call', form['CallStatus']] : ['recording', form['RecordingStatus']]
  if (word === undefined) return 'unrecognised'
  const name = `${kind}.${String(word).replaceAll('-', '_')}`
  return /^[a-z][a-z_.]{0,59}$/.test(name) ? name : kind
}

/** Twilio's own voice callbacks: of a call's status and of its recordings. What a call cost they do not say. */
export const twilio: Adapter = {
  kind: 'twilio',
  name: 'Twilio',
  countries: ['US'],
  countriesFor: twilioCountries,
  body: 'form',
  neverKept: ['Digits'],
  authenticity: () => 'signed',
  verify: verifyTwilio,
  read,
}
