import { createHash } from 'node:crypto'

import { type Known, merge, replaceable, type Replaceable } from './merge.ts'
import type { CallFacts } from './shapes.ts'

export type Facts = Omit<CallFacts, 'caller'> & { caller?: { kind: string; e164?: string } }
export interface Told {
  facts: Facts
  toldAt: Date
}
/** A call as `write-call.ts` keeps it: what a merge knows, and each replaceable field's value. */
interface State {
  known: Known
  values: Partial<Record<Replaceable, unknown>>
}

export const minute = 60_000
export const began = Date.parse('2026-11-24T09:00:00Z')
export const at = (ms: number): Date => new Date(began + ms)
const hashOf = (event: Told): Buffer => createHash('sha256').update(JSON.stringify(event)).digest()

function next(state: State | null, event: Told): State {
  const { facts, toldAt } = event
  const { takes, ...merged } = merge(state?.known ?? null, facts, toldAt, hashOf(event))
  const values: State['values'] = { ...state?.values }
  for (const field of takes) values[field] = facts[field]
  values.status = merged.status
  const { consent, caller, transcript } = values as Pick<Facts, 'consent' | 'caller' | 'transcript'> // put there just above
  const known = {
    ...merged,
    consentState: consent?.state ?? null,
    callerKind: caller?.kind ?? 'withheld',
    transcriptStage: transcript?.stage ?? 0,
    transcriptTurns: transcript?.turns.length ?? 0,
    // A direction has a value whether it was told or not; a caller who is withheld might as well not have been told.
    has: new Set<Replaceable>([
      'direction',
      ...replaceable.filter(
        (field) => values[field] !== undefined && (field !== 'caller' || caller?.kind === 'number'),
      ),
    ]),
  }
  return { known, values }
}

export function stateAfter(events: readonly Told[]): State {
  const state = events.reduce<State | null>(next, null)
  if (!state) throw new Error('a call needs an event')
  return state
}

/** What there is to see of a call. */
export function after(events: readonly Told[]) {
  const { known, values } = stateAfter(events)
  const { startedAt, answeredAt, endedAt, languages, countries, factsAt, transcriptStage, transcriptTurns } = known
  const { caller = { kind: 'withheld' } } = values
  return {
    ...values,
    caller,
    startedAt,
    answeredAt,
    endedAt,
    languages,
    countries,
    factsAt,
    transcriptStage,
    transcriptTurns,
  }
}

export const told = (facts: Partial<Facts>, toldAt = began): Told => ({
  facts: { externalId: 'c', ...facts },
  toldAt: new Date(toldAt),
})
export const turns = (count: number, text = 'x') =>
  Array.from({ length: count }, () => ({ role: 'caller' as const, text, atMs: 0 }))
