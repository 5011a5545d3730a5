import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Known, merge, unknownCall } from './merge.ts'
import { isEnded } from './policy.ts'
import { callStatuses, type CallFacts, type CallStatus } from './shapes.ts'

interface Told {
  facts: CallFacts
  toldAt: Date
}
type State = Known & { endedReason: string | null }

const minute = 60_000
const began = Date.parse('2026-11-24T09:00:00Z')
const at = (ms: number): Date => new Date(began + ms)

/** The call after these events, as `write-call.ts` keeps it. */
function after(events: readonly Told[]): State {
  const [first] = events
  if (!first) throw new Error('a call needs an event')
  let state: State = { ...unknownCall(first.facts, first.toldAt), endedReason: null }
  for (const { facts, toldAt } of events) {
    const {
      takesEnding,
      fillsEnding,
      takesConsent,
      takesTranscript,
      isNewer: _,
      ...merged
    } = merge(state, facts, toldAt)
    const reason = takesEnding || (fillsEnding && !state.endedReason) ? facts.endedReason : undefined
    state = {
      ...state,
      ...merged,
      ...(reason ? { endedReason: reason } : {}),
      ...(takesConsent && facts.consent ? { consentState: facts.consent.state } : {}),
      ...(takesTranscript && facts.transcript
        ? { transcriptStage: facts.transcript.stage, transcriptTurns: facts.transcript.turns.length }
        : {}),
    }
  }
  return state
}

const told = (facts: Partial<CallFacts>, toldAt = began): Told => ({
  facts: { externalId: 'c', ...facts },
  toldAt: new Date(toldAt),
})
const turns = (count: number) => Array.from({ length: count }, () => ({ role: 'caller' as const, text: 'x', atMs: 0 }))
const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })
const moment = fc.integer({ min: 0, max: 90 * minute }).map(at)
const present = (facts: object): Partial<CallFacts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

/** Events of one call by a provider that keeps the port's promise: one ending, one answer to consent. */
const oneCall = fc
  .record({
    ending: fc.constantFrom(...callStatuses.filter((status) => isEnded(status) && status !== 'unknown_end')),
    consent: fc.constantFrom('given' as const, 'refused' as const),
  })
  .chain(({ ending, consent }) => {
    const event = fc
      .record({
        status: optional(fc.constantFrom<CallStatus>('queued', 'ringing', 'in_progress', 'unknown_end', ending)),
        startedAt: optional(moment),
        answeredAt: optional(moment),
        endedAt: optional(moment),
        languages: optional(fc.subarray(['en', 'pcm', 'yo', 'ha'])),
        countries: optional(fc.subarray(['NG', 'US', 'IE'])),
        consent: optional(
          fc.constantFrom(consent, 'unknown' as const, 'not_asked' as const).map((state) => ({ state })),
        ),
        transcript: optional(
          fc.record({ stage: fc.integer({ min: 1, max: 3 }), turns: fc.integer({ min: 0, max: 4 }).map(turns) }),
        ),
      })
      .map((facts) => ({
        ...facts,
        endedReason:
          facts.status === ending ? 'caller_hung_up' : facts.status === 'unknown_end' ? 'unknown' : undefined,
      }))
    // Nothing is heard of a call before it began.
    const heard = fc
      .tuple(event, fc.integer({ min: 0, max: 90 * minute }))
      .map(([facts, later]) => told(present(facts), began + later))
    return fc.array(heard, { maxLength: 8 }).map((rest) => [told({ startedAt: at(0) }), ...rest])
  })

describe('the events of one call', () => {
  test('come to the same call in any order and however often each is repeated', () => {
    fc.assert(
      fc.property(
        oneCall.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.array(fc.constantFrom(...events), { maxLength: 8 }).chain((again) => {
              const all = [...events, ...again]
              return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
            }),
          ),
        ),
        ([events, shuffled]) => {
          expect(after(shuffled)).toEqual(after(events))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('only ever widen its times', () => {
    fc.assert(
      fc.property(oneCall, ([first, ...rest]) => {
        const events = first ? [first] : []
        for (const event of rest) {
          const before = after(events)
          events.push(event)
          const now = after(events)
          const never = { first: Infinity, last: -Infinity }
          expect(now.startedAt.getTime()).toBeLessThanOrEqual(before.startedAt.getTime())
          expect(now.answeredAt?.getTime() ?? never.first).toBeLessThanOrEqual(
            before.answeredAt?.getTime() ?? never.first,
          )
          expect(now.endedAt?.getTime() ?? never.last).toBeGreaterThanOrEqual(before.endedAt?.getTime() ?? never.last)
        }
      }),
    )
  })

  test('never take a call back: once ended it stays ended, whatever comes late', () => {
    fc.assert(
      fc.property(oneCall, (events) => {
        let wasEnded = false
        for (const [last] of events.entries()) {
          const isNowEnded = isEnded(after(events.slice(0, last + 1)).status)
          expect(isNowEnded || !wasEnded).toBe(true)
          wasEnded ||= isNowEnded
        }
      }),
    )
  })
})

describe('a status', () => {
  test.each(['queued', 'ringing', 'in_progress'] as const)(
    'a late “%s” does not reopen a call, even when it is newer',
    (late) => {
      const ended = told({ status: 'completed', endedReason: 'caller_hung_up', endedAt: at(minute) }, began + minute)
      const state = after([ended, told({ status: late }, began + 5 * minute)])
      expect(state).toMatchObject({ status: 'completed', endedReason: 'caller_hung_up', endedAt: at(minute) })
    },
  )

  test('an ending nobody knows gives way to one that is known, and not the other way round', () => {
    const unknown = told({ status: 'unknown_end', endedReason: 'unknown' }, began + 9 * minute)
    const known = told({ status: 'no_answer', endedReason: 'no_answer' }, began + minute)
    for (const events of [
      [unknown, known],
      [known, unknown],
    ]) {
      expect(after(events)).toMatchObject({ status: 'no_answer', endedReason: 'no_answer' })
    }
  })

  test('of two endings the one told of the later moment holds, with its reason, whichever came first', () => {
    const early = told({ status: 'completed', endedReason: 'silence' }, began + minute)
    for (const status of ['completed', 'failed'] as const) {
      const late = told({ status, endedReason: 'provider_error' }, began + 2 * minute)
      for (const events of [
        [early, late],
        [late, early],
      ]) {
        expect(after(events)).toMatchObject({ status, endedReason: 'provider_error' })
      }
    }
  })

  test('an older word about the same ending gives the reason that was still missing', () => {
    const bare = told({ status: 'completed' }, began + 2 * minute)
    const withReason = told({ status: 'completed', endedReason: 'transferred' }, began + minute)
    for (const events of [
      [bare, withReason],
      [withReason, bare],
    ]) {
      expect(after(events)).toMatchObject({ endedReason: 'transferred' })
    }
  })
})

test('a call whose events tell only when it ended began no later than that, whichever of them was first', () => {
  const ended = told({ status: 'no_answer', endedAt: at(minute) }, began + minute)
  const analysed = told({ status: 'no_answer', endedAt: at(minute) }, began + 3 * minute)
  for (const events of [
    [ended, analysed],
    [analysed, ended],
  ]) {
    expect(after(events)).toMatchObject({ startedAt: at(minute), endedAt: at(minute) })
  }
})

test('a call first heard of after it was over began no later than it ended', () => {
  const late = told({}, began + 9 * minute)
  const ended = told({ status: 'no_answer', endedAt: at(minute) }, began + minute)
  for (const events of [
    [late, ended],
    [ended, late],
  ])
    expect(after(events).startedAt).toEqual(at(minute))
})

describe('a transcript', () => {
  const transcript = (stage: number, count: number): Told => told({ transcript: { stage, turns: turns(count) } })
  const kept = (...events: Told[]) => {
    const { transcriptStage, transcriptTurns } = after(events)
    return [transcriptStage, transcriptTurns]
  }

  test('of a later stage replaces one of an earlier, even a longer one', () => {
    expect(kept(transcript(1, 9), transcript(2, 3))).toEqual([2, 3])
    expect(kept(transcript(2, 3), transcript(1, 9))).toEqual([2, 3])
  })

  test('of the same stage is replaced by a longer one and by nothing else', () => {
    expect(kept(transcript(2, 3), transcript(2, 4))).toEqual([2, 4])
    expect(kept(transcript(2, 4), transcript(2, 3))).toEqual([2, 4])
    const state = after([transcript(2, 3)])
    expect(merge(state, transcript(2, 3).facts, new Date()).takesTranscript).toBe(false)
  })
})

test('consent that was answered is not lost to an event that knows nothing of it', () => {
  const given = told({ consent: { state: 'given' } }, began)
  const silent = [
    told({ consent: { state: 'unknown' } }, began + minute),
    told({ consent: { state: 'not_asked' } }, began + minute),
  ]
  for (const event of silent) {
    expect(after([given, event]).consentState).toBe('given')
    expect(after([event, given]).consentState).toBe('given')
  }
})
