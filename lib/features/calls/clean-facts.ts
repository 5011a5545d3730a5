import type { ActingOrganisation } from '../../kernel/actor.ts'
import { exactText } from '../../kernel/clean-text.ts'
import { normalise, type PhoneNumber } from '../../kernel/phone-number.ts'
import { NUMBER_REMOVED, redactDigits } from '../../kernel/redaction.ts'
import { redactJson } from '../../kernel/redaction-json.ts'
import {
  type AreTheirs,
  byTail,
  holdsCaller,
  holdsNumber,
  nameless,
  nobodys,
  withoutWholeNumbers,
} from './caller-digits.ts'
import { redactTurns } from './redact-turns.ts'
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
  // Text is taken out here and comes back clean or not at all: what is spread below holds none.
  const {
    externalId,
    carrierCallId,
    caller: rawCaller,
    number: rawNumber,
    agent,
    statusRaw,
    endedReasonRaw,
    ...withoutNames
  } = facts
  const { outcome, summary, recordingUrl, consent, cost, metadata, transcript, ...textless } = withoutNames
  const caller = rawCaller === undefined ? undefined : normalise(rawCaller, country)
  const spoken = (text: string): string => exactText(masking ? redactDigits(text).text : text)
  const label = (text: string): string => exactText(redactDigits(text).text)
  // Who does not say who called may be saying it in a name or an address.
  const isBlind = masking && caller === undefined
  const name = (text: string): string => exactText(isBlind ? withoutWholeNumbers(text, country) : text)
  const isTelling = isBlind && recordingUrl !== undefined && holdsNumber(recordingUrl, country)
  const clean = {
    ...textless,
    caller,
    externalId: name(externalId),
    ...present('carrierCallId', carrierCallId && name(carrierCallId)),
    ...present('number', rawNumber === undefined ? undefined : ourNumber(rawNumber, country)),
    ...present('recordingUrl', isTelling ? undefined : recordingUrl && exactText(recordingUrl)),
    ...present('agent', agent && label(agent)),
    ...present('statusRaw', statusRaw && label(statusRaw)),
    ...present('endedReasonRaw', endedReasonRaw && label(endedReasonRaw)),
    ...present('outcome', outcome && spoken(outcome)),
    ...present('summary', summary && spoken(summary)),
    ...present('consent', consent && cleanConsent(consent, label)),
    ...present('cost', cost && cleanCost(cost, label)),
    ...present('metadata', metadata && (masking ? flat(redactJson(metadata).value) : metadata)),
    ...present('transcript', transcript && { stage: transcript.stage, turns: cleanTurns(transcript.turns, masking) }),
  }
  return withoutCaller(clean, caller?.kind === 'number' ? byTail(caller.e164) : nobodys, masking)
}

/**
 * The same facts without one caller's digits in a name or an address. Our number is shown to everybody, so a provider that
 * writes the caller there, or most of them, must not make it a leak whatever the masking.
 */
export function withoutCaller(facts: CleanFacts, areTheirs: AreTheirs, masking: boolean): CleanFacts {
  const { externalId, carrierCallId, number, recordingUrl, ...others } = facts
  const name = (text: string): string => (masking ? exactText(nameless(text, areTheirs)) : text)
  const isTelling = masking && recordingUrl !== undefined && holdsCaller(recordingUrl, areTheirs)
  return {
    ...others,
    externalId: name(externalId),
    ...present('carrierCallId', carrierCallId && name(carrierCallId)),
    ...present('number', number !== undefined && areTheirs(number.replace(/\D/g, '')) ? NUMBER_REMOVED : number),
    ...present('recordingUrl', isTelling ? undefined : recordingUrl),
  }
}

function cleanConsent({ type, ...rest }: NonNullable<CallFacts['consent']>, label: (text: string) => string) {
  return { ...rest, ...present('type', type && label(type)) }
}

function cleanCost({ components, ...rest }: NonNullable<CallFacts['cost']>, label: (text: string) => string) {
  return {
    ...rest,
    ...present(
      'components',
      components?.map((one) => ({ ...one, name: label(one.name) })),
    ),
  }
}

type Transcript = NonNullable<CallFacts['transcript']>

function cleanTurns(turns: Transcript['turns'], masking: boolean) {
  const clean = masking ? redactTurns(turns) : turns.map((turn) => turn.text)
  return turns.map((turn, at) => ({ ...turn, text: exactText(clean[at] ?? '') }))
}

/** As many characters as are cleaned without a pause; and how far back a number may have begun. */
const charactersAtOnce = 16_000
const turnsBack = 12
const charactersBack = 4_000

/** The same for a transcript of any length, a part at a time; `pause` is where others get a turn. */
export async function cleanTranscript(
  { stage, turns }: Transcript,
  masking: boolean,
  pause: () => Promise<void>,
): Promise<Transcript> {
  const clean: Transcript['turns'] = []
  for (let from = 0; from < turns.length;) {
    const end = from + countWithin(turns.slice(from), charactersAtOnce)
    const back = clean.slice(-turnsBack).toReversed()
    const before = clean.splice(clean.length - countWithin(back, charactersBack))
    clean.push(...cleanTurns([...before, ...turns.slice(from, end)], masking))
    from = end
    if (from < turns.length) await pause()
  }
  return { stage, turns: clean }
}

/** How many turns, from the first on, it takes to have so many characters: one at least, where there is one. */
function countWithin(turns: Transcript['turns'], characters: number): number {
  let count = 0
  for (let length = 0; count < turns.length && length < characters; count += 1) length += turns[count]?.text.length ?? 0
  return count
}

/** Ours is shown in the open, so only a real number passes; anything else loses its digits. */
function ourNumber(raw: string, country: string): string {
  const read = normalise(raw, country)
  return read.kind === 'number' && read.country !== null ? read.e164 : exactText(redactDigits(raw.slice(0, 120)).text)
}

function flat(value: unknown): CallFacts['metadata'] {
  return value as CallFacts['metadata'] // redaction keeps the shape it was given
}

function present<Key extends string, Value>(key: Key, value: Value | undefined | ''): { [K in Key]?: Value } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [K in Key]?: Value } // one optional member
}

/**
 * What is kept of an event while masking is on: its redacted facts, and of the caller nothing but the kind. Never the raw body:
 * whatever a provider adds to it next year would have to be redacted too. Nor names and addresses, only that there were any:
 * a later event may say whose digits they hold.
 */
export function keptBody({ caller, externalId, carrierCallId, number, recordingUrl, ...facts }: CleanFacts): string {
  const named = Object.keys({
    ...present('externalId', externalId),
    ...present('carrierCallId', carrierCallId),
    ...present('number', number),
    ...present('recordingUrl', recordingUrl),
  })
  return JSON.stringify({ ...facts, caller: caller?.kind, named })
}
