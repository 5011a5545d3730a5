import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { after, at, began, type Facts, minute, stateAfter, told, turns } from './merge.test-support.ts'
import { isEnded } from './policy.ts'
import { callStatuses, endedReasons } from './shapes.ts'

const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })
/** Few moments, so that many events share one. */
const moment = fc.integer({ min: 0, max: 6 }).map((minutes) => at(minutes * minute))
const word = fc.constantFrom('a', 'b', 'c', 'd')
const present = (facts: object): Partial<Facts> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

/** Anything a provider may say, contradicting itself as it likes. */
const anyEvent = fc
  .tuple(
    fc.record({
      status: optional(fc.constantFrom(...callStatuses)),
      endedReason: optional(fc.constantFrom(...endedReasons)),
      endedReasonRaw: optional(word),
      direction: optional(fc.constantFrom('inbound' as const, 'outbound' as const)),
      caller: optional(
        fc.oneof(
          fc.constant({ kind: 'withheld' }),
          word.map((e164) => ({ kind: 'number', e164 })),
        ),
      ),
      number: optional(word),
      agent: optional(word),
      statusRaw: optional(word),
      startedAt: optional(moment),
      answeredAt: optional(moment),
      endedAt: optional(moment),
      talkMs: optional(fc.nat(9)),
      languages: optional(fc.subarray(['en', 'pcm', 'yo', 'ha'])),
      countries: optional(fc.subarray(['NG', 'US', 'IE'])),
      outcome: optional(word),
      success: optional(fc.boolean()),
      sentiment: optional(fc.constantFrom('positive' as const, 'negative' as const)),
      summary: optional(word),
      cost: optional(fc.record({ amountMinor: fc.nat(9), currency: fc.constantFrom('USD', 'NGN') })),
      latencyMs: optional(fc.record({ e2e: fc.nat(9) })),
      recordingUrl: optional(word),
      carrierCallId: optional(word),
      metadata: optional(fc.record({ a: word })),
      consent: optional(fc.record({ state: fc.constantFrom('given', 'refused', 'not_asked', 'unknown'), type: word })),
      transcript: optional(
        fc.record({
          stage: fc.integer({ min: 1, max: 3 }),
          turns: fc.tuple(fc.nat(3), word).map(([count, text]) => turns(count, text)),
        }),
      ),
    }),
    moment,
  )
  .map(([facts, toldAt]) => told(present(facts), toldAt.getTime()))
const oneCall = fc.array(anyEvent, { minLength: 1, maxLength: 8 })

describe('the events of one call', () => {
  test('come to the same call in any order and however often each is repeated, whatever they say', () => {
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
      { numRuns: 300 },
    )
  })

  test('leave no more behind of when each fact was told than is needed to judge the next', () => {
    const everything = told({ status: 'completed', endedReason: 'silence', cost: { amountMinor: 1, currency: 'USD' } })
    const { known } = stateAfter([told({ direction: 'inbound', number: 'n', startedAt: at(0) }, began - 1), everything])
    expect(Object.keys(known.told)).toEqual(['', 'direction', 'number'])
  })

  test('only ever bring an answer forward, and a call’s last known end back, unless a surer ending knows better', () => {
    fc.assert(
      fc.property(oneCall, ([first, ...rest]) => {
        const events = first ? [first] : []
        for (const event of rest) {
          const before = stateAfter(events).known
          events.push(event)
          const now = stateAfter(events).known
          expect(now.answeredAt?.getTime() ?? Infinity).toBeLessThanOrEqual(before.answeredAt?.getTime() ?? Infinity)
          const isNewEnding = event.facts.status !== undefined
          const [endedNow, endedBefore] = [now, before].map(({ endedAt }) => endedAt?.getTime() ?? -Infinity)
          expect(isNewEnding ? Infinity : endedNow).toBeGreaterThanOrEqual(endedBefore ?? -Infinity)
        }
      }),
    )
  })

  test('never take a call back: once ended it stays ended, whatever comes late', () => {
    fc.assert(
      fc.property(oneCall, (events) => {
        let wasEnded = false
        for (const [last] of events.entries()) {
          const isNowEnded = isEnded(stateAfter(events.slice(0, last + 1)).known.status)
          expect(isNowEnded || !wasEnded).toBe(true)
          wasEnded ||= isNowEnded
        }
      }),
    )
  })
})
