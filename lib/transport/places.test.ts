import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { places } from './places.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})
const few = () => places({ inAll: 3, ofOne: 2, patienceMs: 100 })

describe('places', () => {
  test('are given at once while there are any, to one owner and in all', async () => {
    const take = few()
    const given = await Promise.all([take('a'), take('a'), take('b')])
    expect(given.every((leave) => leave !== null)).toBe(true)
    const refused = Promise.all([take('a'), take('c')])
    await vi.advanceTimersByTimeAsync(100)
    expect(await refused).toEqual([null, null])
  })

  test('go to whoever waited longest and may, and never past the most', async () => {
    const take = few()
    const [first, second, third] = await Promise.all([take('a'), take('a'), take('b')])
    const order: string[] = []
    const waiting = ['a', 'c', 'b'].map((whose) => take(whose).then((leave) => leave && order.push(whose)))
    // The owner of the first in line still holds two.
    third?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(order).toEqual(['c'])
    second?.()
    second?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(order).toEqual(['c', 'a'])
    first?.()
    await Promise.all(waiting)
    expect(order).toEqual(['c', 'a', 'b'])
    const late = take('d')
    await vi.advanceTimersByTimeAsync(100)
    expect(await late).toBeNull()
  })

  test('that were not waited for any longer are nobody’s', async () => {
    const take = few()
    const held = await Promise.all([take('a'), take('b'), take('c')])
    const late = take('d')
    await vi.advanceTimersByTimeAsync(100)
    expect(await late).toBeNull()
    for (const leave of held) leave?.()
    const again = await Promise.all([take('a'), take('a'), take('b')])
    expect(again.every((leave) => leave !== null)).toBe(true)
  })
})
