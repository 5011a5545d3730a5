import type { ActingOrganisation } from '../../kernel/actor.ts'
import { asciiDigits } from '../../kernel/digits.ts'
import { normalise, type PhoneNumber } from '../../kernel/phone-number.ts'
import { redactAcross, redactDigits } from '../../kernel/redaction.ts'
import { redactJson } from '../../kernel/redaction-json.ts'
import type { CallFacts } from './shapes.ts'

export interface CleanFacts extends Omit<CallFacts, 'caller'> {
  caller: PhoneNumber | undefined
}

/**
 * Facts as they may be stored. While masking is on no digits pass: spoken text and metadata are redacted, and a name or
 * address that holds the caller's digits is redacted or dropped. Labels shown beside calls are redacted either way.
 * All text leaves well formed and in NFC, the form the vault insists on.
 */
export function cleanFacts(
  facts: CallFacts,
  organisation: Pick<ActingOrganisation, 'country' | 'masking'>,
): CleanFacts {
  const { masking, country } = organisation
  const caller = facts.caller === undefined ? undefined : normalise(facts.caller, country)
  const number = facts.number === undefined ? undefined : ourNumber(facts.number, country)
  const spoken = (text: string): string => exact(masking ? redactDigits(text).text : text)
  const label = (text: string): string => exact(redactDigits(text).text)
  const name = (text: string): string => exact(masking && holdsCaller(text, caller) ? redactDigits(text).text : text)
  const { transcript, metadata, recordingUrl } = facts
  return {
    ...facts,
    caller,
    ...present('number', number),
    externalId: name(facts.externalId),
    ...present('carrierCallId', facts.carrierCallId && name(facts.carrierCallId)),
    ...present('agent', facts.agent && label(facts.agent)),
    ...present('statusRaw', facts.statusRaw && label(facts.statusRaw)),
    ...present('endedReasonRaw', facts.endedReasonRaw && label(facts.endedReasonRaw)),
    ...present('outcome', facts.outcome && spoken(facts.outcome)),
    ...present('summary', facts.summary && spoken(facts.summary)),
    ...present(
      'recordingUrl',
      masking && recordingUrl && holdsCaller(recordingUrl, caller) ? undefined : recordingUrl && exact(recordingUrl),
    ),
    ...present('metadata', metadata && (masking ? flat(redactJson(metadata).value) : metadata)),
    ...present(
      'consent',
      facts.consent && { ...facts.consent, ...present('type', facts.consent.type && label(facts.consent.type)) },
    ),
    ...present('transcript', transcript && { stage: transcript.stage, turns: cleanTurns(transcript.turns, masking) }),
  }
}

/** A number read out over several turns is one number, so turns are redacted together. */
function cleanTurns(turns: NonNullable<CallFacts['transcript']>['turns'], masking: boolean) {
  const texts = turns.map((turn) => turn.text)
  const clean = masking ? redactAcross(texts).pieces : texts
  return turns.map((turn, at) => ({ ...turn, text: exact(clean[at] ?? '') }))
}

/** Ours is shown in the open, so only a real number passes; anything else loses its digits. */
function ourNumber(raw: string, country: string): string {
  const read = normalise(raw, country)
  return read.kind === 'number' && read.country !== null ? read.e164 : exact(redactDigits(raw.slice(0, 120)).text)
}

/** Whether a name or address carries the caller's own digits, however they are spaced, or is a phone number itself. */
export function holdsCaller(text: string, caller: PhoneNumber | undefined): boolean {
  const digits = asciiDigits(text).replace(/\D/g, '')
  const tail = caller?.kind === 'number' ? caller.e164.replace(/\D/g, '').slice(-7) : null
  if (tail !== null && digits.includes(tail)) return true
  return /^[+\d\s().-]+$/.test(asciiDigits(text)) && digits.length >= 7
}

function exact(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').normalize('NFC')
}

function flat(value: unknown): CallFacts['metadata'] {
  return value as CallFacts['metadata'] // redaction keeps the shape it was given
}

function present<Key extends string, Value>(key: Key, value: Value | undefined | ''): { [K in Key]?: Value } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [K in Key]?: Value } // one optional member
}
