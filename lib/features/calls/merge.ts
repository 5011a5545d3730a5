import { isEnded, rankOf } from './policy.ts'
import type { CallFacts, CallStatus } from './shapes.ts'

/**
 * When an event was told, and what tells events of one moment apart, as text that sorts: of two events that tell the same
 * thing the one with the later mark holds, whichever came first.
 */
type Mark = string

/** The mark of the newest event under '', which stands for every field not named; for others their own, with its weight before it. */
type Told = Readonly<Record<string, string>>

/** What one event can replace of what another told. Times widen and lists are united instead. */
export const replaceable = [
  'status',
  'endedReason',
  'endedReasonRaw',
  'direction',
  'caller',
  'number',
  'agent',
  'statusRaw',
  'talkMs',
  'success',
  'sentiment',
  'latencyMs',
  'cost',
  'consent',
  'carrierCallId',
  'outcome',
  'summary',
  'recordingUrl',
  'metadata',
  'transcript',
] as const
export type Replaceable = (typeof replaceable)[number]

/** Facts as far as a merge looks at them: of the caller only whether there is one. */
type Mergeable = Omit<CallFacts, 'caller'> & { caller?: { kind: string } | undefined }

/** What of a stored call decides a merge. */
export interface Known {
  status: CallStatus
  startedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  languages: string[]
  countries: string[]
  consentState: 'given' | 'refused' | 'not_asked' | 'unknown' | null
  callerKind: string
  transcriptStage: number
  transcriptTurns: number
  factsAt: Date | null
  told: Told
  /** Which of the replaceable fields have a value. */
  has: ReadonlySet<Replaceable>
}

export interface Merged {
  status: CallStatus
  startedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  languages: string[]
  countries: string[]
  factsAt: Date
  told: Told
  /** The fields whose value from this event now holds. */
  takes: ReadonlySet<Replaceable>
}

const MARK_LENGTH = 23

/** `stage` is how finished the event's transcript is; the hash is the event's own, keyed. */
function markOf(toldAt: Date, stage: number, hash: Uint8Array): Mark {
  const ms = String(Math.max(0, toldAt.getTime())).padStart(14, '0')
  return `${ms}${Math.min(Math.max(0, stage), 9)}${Buffer.from(hash.subarray(0, 4)).toString('hex').padStart(8, '0')}`
}

/** A call of which nothing is known but that some event is about it: as it stands before its first merge. */
const unknownCall: Omit<Known, 'startedAt'> = {
  status: 'queued',
  answeredAt: null,
  endedAt: null,
  languages: [],
  countries: [],
  consentState: null,
  callerKind: 'withheld',
  transcriptStage: 0,
  transcriptTurns: 0,
  factsAt: null,
  told: {},
  has: new Set(),
}

/**
 * Joins what one event tells into what is known, so that any order of the same events, and any repetition, ends the same: a
 * status only moves forward, times widen, lists are united, and each other field holds what was told of it last.
 */
export function merge(before: Known | null, facts: Mergeable, toldAt: Date, hash: Uint8Array): Merged {
  const known = before ?? { ...unknownCall, startedAt: toldAt }
  const mark = markOf(toldAt, facts.transcript?.stage ?? 0, hash)
  const newestBefore = known.told[''] ?? markOf(known.factsAt ?? new Date(0), known.transcriptStage, Buffer.alloc(4))
  const newest = before === null || mark > newestBefore ? mark : newestBefore
  const told: Record<string, string> = { '': newest }
  const takes = new Set<Replaceable>()
  let status = known.status
  for (const field of replaceable) {
    const held = known.has.has(field) ? (known.told[field] ?? heldWeight(field, known) + newestBefore) : null
    const given = tells(field, facts) ? toldWeight(field, facts) + mark : null
    const isTaken = given !== null && (held === null || given >= held)
    if (isTaken) takes.add(field)
    if (isTaken && field === 'status') status = facts.status ?? status
    const kept = isTaken ? given : held
    // A direction is never absent: one that nobody told must not pass for told.
    if (kept === null) {
      if (field === 'direction') told[field] = ''
    } else if (kept !== (isOfEnding(field) ? weightOf(status) : kept.slice(0, -MARK_LENGTH)) + newest)
      told[field] = kept
  }
  return {
    status,
    ...timesOf(before, facts, toldAt, status, told),
    languages: united(known.languages, facts.languages),
    countries: united(known.countries, facts.countries),
    factsAt: known.factsAt && known.factsAt > toldAt ? known.factsAt : toldAt,
    told,
    takes,
  }
}

const isOfEnding = (field: Replaceable): boolean => field === 'endedReason' || field === 'endedReasonRaw'

function tells(field: Replaceable, facts: Mergeable): boolean {
  // A reason counts only beside the ending it is the reason of.
  if (isOfEnding(field)) return Boolean(facts[field]) && facts.status !== undefined && isEnded(facts.status)
  const value = facts[field]
  return value !== undefined && value !== ''
}

const weightOf = (status: CallStatus): string => String(rankOf(status))
const consentWeight = { unknown: '0', not_asked: '1', refused: '2', given: '2' } as const
const callerWeight = (kind: string): string => (kind === 'withheld' ? '0' : '1')
const transcriptWeight = (stage: number, turns: number): string => `${stage}${String(turns).padStart(6, '0')}`

/** What counts before the moment of telling: how final a status is, how much is known of consent or caller, how whole a transcript is. */
function toldWeight(field: Replaceable, { status, consent, caller, transcript }: Mergeable): string {
  if (field === 'status' || isOfEnding(field)) return status ? weightOf(status) : ''
  if (field === 'consent') return consent ? consentWeight[consent.state] : ''
  if (field === 'caller') return callerWeight(caller?.kind ?? 'withheld')
  return field === 'transcript' && transcript ? transcriptWeight(transcript.stage, transcript.turns.length) : ''
}

function heldWeight(field: Replaceable, known: Known): string {
  if (field === 'status' || isOfEnding(field)) return weightOf(known.status)
  if (field === 'consent') return consentWeight[known.consentState ?? 'unknown']
  if (field === 'caller') return callerWeight(known.callerKind)
  return field === 'transcript' ? transcriptWeight(known.transcriptStage, known.transcriptTurns) : ''
}

/** Also notes what the times alone do not say: that a beginning was only inferred, or an end told by no ending of this weight. */
function timesOf(
  before: Known | null,
  facts: Mergeable,
  toldAt: Date,
  status: CallStatus,
  told: Record<string, string>,
) {
  const inferred = [facts.answeredAt, facts.endedAt].reduce<Date>(earliest, toldAt)
  const wasInferred = before?.told['startedAt'] === '0'
  if (!facts.startedAt && (before === null || wasInferred)) told['startedAt'] = '0'
  const startedAt = facts.startedAt
    ? earliest(before && !wasInferred ? before.startedAt : facts.startedAt, facts.startedAt)
    : before === null
      ? inferred
      : wasInferred
        ? earliest(before.startedAt, inferred)
        : before.startedAt
  const answeredBefore = before?.answeredAt ?? facts.answeredAt ?? null
  const end = laterEnd(before, facts)
  const unsaid = endWeight(status)
  if (end && end.weight !== unsaid) told['endedAt'] = end.weight
  return {
    startedAt,
    answeredAt: answeredBefore && earliest(answeredBefore, facts.answeredAt),
    endedAt: end?.at ?? null,
  }
}

const endWeight = (status: CallStatus | undefined): string => (status && isEnded(status) ? weightOf(status) : '0')

/** The end told by the most certain ending; of equals the latest. */
function laterEnd(before: Known | null, facts: Mergeable): { at: Date; weight: string } | null {
  const held = before?.endedAt && {
    at: before.endedAt,
    weight: before.told['endedAt'] ?? endWeight(before.status),
  }
  const given = facts.endedAt && { at: facts.endedAt, weight: endWeight(facts.status) }
  if (!held || !given) return held ?? given ?? null
  if (held.weight !== given.weight) return held.weight > given.weight ? held : given
  return held.at >= given.at ? held : given
}

function earliest(known: Date, told: Date | undefined): Date {
  return told && told < known ? told : known
}

function united(known: string[], told: string[] | undefined): string[] {
  return told ? [...new Set([...known, ...told])].toSorted() : known
}
