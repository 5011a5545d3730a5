import { isEnded, laterStatus } from './policy.ts'
import type { CallFacts, CallStatus } from './shapes.ts'

/** What of a stored call decides a merge. */
export interface Known {
  status: CallStatus
  startedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  languages: string[]
  countries: string[]
  consentState: 'given' | 'refused' | 'not_asked' | 'unknown' | null
  transcriptStage: number
  transcriptTurns: number
  factsAt: Date | null
}

export interface Merged {
  status: CallStatus
  startedAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  languages: string[]
  countries: string[]
  factsAt: Date
  /** The event is at least as new as the newest one before it: what it says replaces what was said. */
  isNewer: boolean
  /** Its ending is the one that now holds, so its reason is too. */
  takesEnding: boolean
  /** It tells the ending that holds, though others told it later: its reason counts where they gave none. */
  fillsEnding: boolean
  takesConsent: boolean
  takesTranscript: boolean
}

/** A call of which nothing is known but that this event is about it: as it stands before its first merge. */
export function unknownCall(facts: Pick<CallFacts, 'startedAt' | 'endedAt'>, toldAt: Date): Known {
  return {
    status: 'queued',
    startedAt: facts.startedAt ?? facts.endedAt ?? toldAt,
    answeredAt: null,
    endedAt: null,
    languages: [],
    countries: [],
    consentState: null,
    transcriptStage: 0,
    transcriptTurns: 0,
    factsAt: null,
  }
}

/**
 * Joins what one event tells into what is known, so that any order of the same events ends the same: status only moves
 * forward, times widen, lists are united, a longer transcript of the same stage or any of a later one replaces.
 */
export function merge(known: Known, facts: Omit<CallFacts, 'caller'>, toldAt: Date): Merged {
  // Of two events of one moment, the one with the later stage of the transcript knows more.
  const stage = facts.transcript?.stage ?? 0
  const isNewer =
    known.factsAt === null ||
    toldAt > known.factsAt ||
    (toldAt.getTime() === known.factsAt.getTime() && stage >= known.transcriptStage)
  const status = facts.status ? laterStatus(known.status, facts.status, isNewer) : known.status
  const tellsEnding = facts.status !== undefined && isEnded(facts.status) && status === facts.status
  const transcript = facts.transcript
  const consentWeight = { unknown: 0, not_asked: 1, refused: 2, given: 2 }
  const weightNow = known.consentState === null ? -1 : consentWeight[known.consentState]
  const weightTold = facts.consent ? consentWeight[facts.consent.state] : -1
  return {
    status,
    // A provider that never says when a call began (nobody answered) does say when it ended.
    startedAt: earliest(known.startedAt, facts.startedAt ?? facts.endedAt),
    answeredAt: facts.answeredAt ? earliest(known.answeredAt ?? facts.answeredAt, facts.answeredAt) : known.answeredAt,
    endedAt: facts.endedAt && (known.endedAt === null || facts.endedAt > known.endedAt) ? facts.endedAt : known.endedAt,
    languages: united(known.languages, facts.languages),
    countries: united(known.countries, facts.countries),
    factsAt: isNewer ? toldAt : (known.factsAt ?? toldAt),
    isNewer,
    takesEnding: tellsEnding && (isNewer || known.status !== status),
    fillsEnding: tellsEnding,
    takesConsent: weightTold > weightNow || (weightTold >= 0 && weightTold === weightNow && isNewer),
    takesTranscript:
      transcript !== undefined &&
      (transcript.stage > known.transcriptStage ||
        (transcript.stage === known.transcriptStage && transcript.turns.length > known.transcriptTurns)),
  }
}

function earliest(known: Date, told: Date | undefined): Date {
  return told && told < known ? told : known
}

function united(known: string[], told: string[] | undefined): string[] {
  return told ? [...new Set([...known, ...told])].toSorted() : known
}
