import { describe, expect, test } from 'vitest'

import { oneThingWrong, type Signs } from './one-thing-wrong.ts'

const well: Signs = { ended: 40, failed: 0, unanswered: 2, silent: null, expiring: null }

describe('one thing wrong', () => {
  test('is nothing on a good day', () => {
    expect(oneThingWrong(well)).toBeNull()
    expect(oneThingWrong({ ...well, ended: 0 })).toBeNull()
  })

  test.each([
    [{ failed: 4 }, { kind: 'calls_failing', figure: 10, name: null }],
    [{ failed: 3 }, null],
    [{ unanswered: 12 }, { kind: 'calls_unanswered', figure: 30, name: null }],
    [{ unanswered: 11 }, null],
    [{ ended: 9, failed: 9 }, null],
    [{ expiring: { name: 'Live', days: 7 } }, { kind: 'key_expiring', figure: 7, name: 'Live' }],
    [{ expiring: { name: 'Live', days: 8 } }, null],
    [{ silent: { name: 'Retell', days: 2 } }, { kind: 'provider_silent', figure: 2, name: 'Retell' }],
  ])('%o', (signs, said) => {
    expect(oneThingWrong({ ...well, ...signs })).toEqual(said)
  })

  test('of several is the one that loses most calls', () => {
    const all = {
      ended: 40,
      failed: 30,
      unanswered: 20,
      silent: { name: 'R', days: 3 },
      expiring: { name: 'K', days: 1 },
    }
    expect(oneThingWrong(all)?.kind).toBe('provider_silent')
    expect(oneThingWrong({ ...all, silent: null })?.kind).toBe('calls_failing')
    expect(oneThingWrong({ ...all, silent: null, failed: 0 })?.kind).toBe('calls_unanswered')
  })
})
