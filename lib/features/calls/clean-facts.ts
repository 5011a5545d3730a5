import type { ActingOrganisation } from '../../kernel/actor.ts'
import { exactText } from '../../kernel/clean-text.ts'
import { asciiDigits } from '../../kernel/digits.ts'
import { normalise, type PhoneNumber } from '../../kernel/phone-number.ts'
import { NUMBER_REMOVED, redactDigits } from '../../kernel/redaction.ts'
import { redactJson } from '../../kernel/redaction-json.ts'
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
  const digits = caller?.kind === 'number' ? caller.e164 : undefined
  const number = rawNumber === undefined ? undefined : ourNumber(rawNumber, country)
  // Ours is shown to everybody: a provider that writes the caller there, or most of them, must not make it a leak.
  const isCallers = digits !== undefined && number !== undefined && number.endsWith(digits.slice(-7))
  const spoken = (text: string): string => exactText(masking ? redactDigits(text).text : text)
  const label = (text: string): string => exactText(redactDigits(text).text)
  const plain = (text: string): string => (caller === undefined ? withoutWholeNumbers(text, country) : text)
  const name = (text: string): string => exactText(masking ? nameless(plain(text), digits) : text)
  const isTelling =
    masking &&
    recordingUrl !== undefined &&
    (holdsCaller(recordingUrl, digits) || (caller === undefined && holdsNumber(recordingUrl, country)))
  return {
    ...textless,
    caller,
    externalId: name(externalId),
    ...present('number', isCallers ? NUMBER_REMOVED : number),
    ...present('carrierCallId', carrierCallId && name(carrierCallId)),
    ...present('agent', agent && label(agent)),
    ...present('statusRaw', statusRaw && label(statusRaw)),
    ...present('endedReasonRaw', endedReasonRaw && label(endedReasonRaw)),
    ...present('outcome', outcome && spoken(outcome)),
    ...present('summary', summary && spoken(summary)),
    ...present('recordingUrl', isTelling ? undefined : recordingUrl && exactText(recordingUrl)),
    ...present('consent', consent && cleanConsent(consent, label)),
    ...present('cost', cost && cleanCost(cost, label)),
    ...present('metadata', metadata && (masking ? flat(redactJson(metadata).value) : metadata)),
    ...present('transcript', transcript && { stage: transcript.stage, turns: cleanTurns(transcript.turns, masking) }),
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

/** A name without the caller's digits. An outside id keeps its own digits, unless there is no telling them apart. */
export function nameless(text: string, caller: string | undefined): string {
  if (!holdsCaller(text, caller)) return text
  const clean = redactDigits(text).text
  return holdsCaller(clean, caller) ? NUMBER_REMOVED : clean
}

/** Whether a name or address carries the caller's own digits, however they are spaced or spelt, or is a phone number itself. */
function holdsCaller(text: string, caller: string | undefined): boolean {
  const readings = [text, percentDecoded(text)].map((one) => asciiDigits(one.normalize('NFKC')))
  const tail = caller === undefined ? null : caller.replace(/\D/g, '').slice(-7)
  return readings.some((reading) => {
    const digits = reading.replace(/\D/g, '')
    if (tail !== null && digits.includes(tail)) return true
    if (digits.length >= 7 && /^[+\d\s().-]+$/.test(reading)) return true
    // Ids have digits, but no number words; and what has spaces is no id.
    return redactDigits(/\s/.test(reading) ? reading : reading.replace(/\d/g, 'x')).count > 0
  })
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether an address carries anything that a numbering plan knows: an event may not say who the caller is. */
function holdsNumber(text: string, country: string): boolean {
  const joined = asciiDigits(percentDecoded(text)).replace(/(?<=\d)[\s().\-_/]+(?=\d)/g, '')
  const runs = joined.match(/\+?\d{7,15}/g) ?? []
  return runs.some((run) => {
    const read = normalise(run, country)
    return read.kind === 'number' && read.country !== null
  })
}

/** A name from an event that does not say who the caller is: any whole number of a plan in it may be theirs. */
function withoutWholeNumbers(text: string, country: string): string {
  return text.replace(/(?<![A-Za-z0-9])\+?\d{10,15}(?![A-Za-z0-9])/g, (run) => {
    const read = normalise(run, country)
    return read.kind === 'number' && read.country !== null ? NUMBER_REMOVED : run
  })
}

function flat(value: unknown): CallFacts['metadata'] {
  return value as CallFacts['metadata'] // redaction keeps the shape it was given
}

function present<Key extends string, Value>(key: Key, value: Value | undefined | ''): { [K in Key]?: Value } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [K in Key]?: Value } // one optional member
}

/**
 * What is kept of an event while masking is on: its redacted facts, and of the caller nothing but the kind. Never the raw body:
 * whatever a provider adds to it next year would have to be redacted too.
 */
export function keptBody({ caller, ...facts }: CleanFacts): string {
  return JSON.stringify({ ...facts, caller: caller?.kind })
}
