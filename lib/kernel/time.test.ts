import { expect, test } from 'vitest'

import { durationWords, formatExact, formatRelative } from './time.ts'

const at = new Date('2026-03-01T23:05:09Z')

test('a moment is told by the clock of a place, Lagos unless said', () => {
  expect(formatExact(at)).toBe('2 Mar 2026, 00:05:09 GMT+1')
  expect(formatExact(at, 'UTC')).toBe('1 Mar 2026, 23:05:09 UTC')
  expect(formatExact(at, 'Africa/Nairobi')).toBe('2 Mar 2026, 02:05:09 GMT+3')
})

test.each([
  [0, 'now'],
  [-900, 'now'],
  [-59_000, '59 seconds ago'],
  [-60_000, '1 minute ago'],
  [-119_000, '1 minute ago'],
  [-3_600_000, '1 hour ago'],
  [-26 * 3_600_000, 'yesterday'],
  [3 * 86_400_000, 'in 3 days'],
  [-65 * 86_400_000, '2 months ago'],
  [-800 * 86_400_000, '2 years ago'],
])('%d ms from now is %s', (ms, words) => {
  expect(formatRelative(new Date(at.getTime() + ms), at)).toBe(words)
})

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [45_000, '45 s'],
  [130_000, '2 min 10 s'],
  [120_000, '2 min'],
  [3_900_000, '1 h 5 min'],
  [3_605_000, '1 h'],
  [100 * 3_600_000, '4 d 4 h'],
  [-5, '0 s'],
])('%d ms lasts %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})
