import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { QUARTER_MS, quarters, SECOND_MS, seconds, tickEveryMs } from './ticker.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_795_511_700_000 }))
afterEach(() => void vi.useRealTimers())

test('what happened within the minute moves each second, anything older each quarter of a minute', () => {
  const now = Date.now()
  expect([0, 1_000, 59_999, -59_999].map((ago) => tickEveryMs(now - ago, now))).toEqual(Array(4).fill(SECOND_MS))
  expect([60_000, 3_600_000, -60_000].map((ago) => tickEveryMs(now - ago, now))).toEqual(Array(3).fill(QUARTER_MS))
})

test.each([
  ['seconds', seconds, SECOND_MS],
  ['quarters', quarters, QUARTER_MS],
] as const)('%s tell everybody the same time, and stand still while nobody looks', (_, ticker, ms) => {
  const [one, other] = [vi.fn(), vi.fn()]
  const began = Date.now()
  const stops = [ticker.subscribe(one), ticker.subscribe(other)]
  vi.advanceTimersByTime(ms - 1)
  expect([one.mock.calls.length, ticker.read()]).toEqual([0, began])
  vi.advanceTimersByTime(1)
  expect([one.mock.calls.length, other.mock.calls.length, ticker.read()]).toEqual([1, 1, began + ms])
  for (const stop of stops) stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(10 * ms)
  expect(one).toHaveBeenCalledTimes(1)
  expect(ticker.read(), 'and look up afresh').toBe(began + 11 * ms)
})
