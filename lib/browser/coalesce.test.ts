import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { coalesce } from './coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a burst becomes one run', async () => {
  const work = vi.fn(() => Promise.resolve())
  const ask = coalesce(work, 400)
  for (let at = 0; at < 20; at += 1) ask()
  await vi.advanceTimersByTimeAsync(399)
  expect(work).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(work).toHaveBeenCalledTimes(1)
})

test('what happens during a run is not missed, and a failing run does not stop the next', async () => {
  const work = vi.fn(() => new Promise((_, reject) => setTimeout(() => reject(new Error('no')), 1_000)))
  const ask = coalesce(work, 400)
  ask()
  await vi.advanceTimersByTimeAsync(500)
  ask()
  ask()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(work).toHaveBeenCalledTimes(2)
})
