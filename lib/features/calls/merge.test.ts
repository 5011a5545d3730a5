import { describe, expect, test } from 'vitest'

import { after, at, began, minute, told, type Told, turns } from './merge.test-support.ts'

describe('what is told again', () => {
  test('holds as it was told last, though an event that says nothing of it is newer still', () => {
    const cost = (amountMinor: number) => ({ cost: { amountMinor, currency: 'USD' } })
    const [first, second, silent] = [told(cost(1), began), told(cost(2), began + 1), told({}, began + 2)]
    for (const events of [
      [first, second, silent],
      [first, silent, second],
      [silent, second, first],
    ])
      expect(after(events)).toMatchObject(cost(2))
  })

  test('a withheld caller gives way to one who is known, whichever is newer', () => {
    const known = told({ caller: { kind: 'number', e164: '+2348035550142' } }, began)
    const withheld = told({ caller: { kind: 'withheld' } }, began + minute)
    for (const events of [
      [known, withheld],
      [withheld, known],
    ])
      expect(after(events)).toMatchObject({ caller: known.facts.caller })
  })

  test('a direction that nobody told gives way to one that is', () => {
    const silent = told({}, began + minute)
    const outbound = told({ direction: 'outbound' }, began)
    for (const events of [
      [silent, outbound],
      [outbound, silent],
    ])
      expect(after(events)).toMatchObject({ direction: 'outbound' })
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

test('a call began when somebody says so, whatever else was heard of it before', () => {
  const planned = told({ status: 'queued' }, began - 60 * minute)
  const running = told({ status: 'in_progress', startedAt: at(0) }, began)
  for (const events of [
    [planned, running],
    [running, planned],
  ])
    expect(after(events).startedAt).toEqual(at(0))
})

test('an end that was guessed gives way to one that is known, earlier or later', () => {
  const guessed = told({ status: 'unknown_end', endedAt: at(9 * minute) }, began + 9 * minute)
  const known = told({ status: 'completed', endedAt: at(5 * minute) }, began + 5 * minute)
  for (const events of [
    [guessed, known],
    [known, guessed],
  ])
    expect(after(events)).toMatchObject({ status: 'completed', endedAt: at(5 * minute) })
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

  test('of the same stage is replaced by a longer one', () => {
    expect(kept(transcript(2, 3), transcript(2, 4))).toEqual([2, 4])
    expect(kept(transcript(2, 4), transcript(2, 3))).toEqual([2, 4])
  })
})

test('consent that was answered is not lost to an event that knows nothing of it', () => {
  const given = told({ consent: { state: 'given' } }, began)
  const silent = [
    told({ consent: { state: 'unknown' } }, began + minute),
    told({ consent: { state: 'not_asked' } }, began + minute),
  ]
  for (const event of silent) {
    expect(after([given, event])).toMatchObject({ consent: { state: 'given' } })
    expect(after([event, given])).toMatchObject({ consent: { state: 'given' } })
  }
})
