import { beforeEach, describe, expect, test } from 'vitest'

import { addressKey, isSpent, take } from './limiter.ts'

const shared = globalThis as typeof globalThis & { orinodeCounters?: Map<string, unknown> }
beforeEach(() => {
  delete shared.orinodeCounters
})

const minute = 60_000
const takes = (key: string, max: number, times: number, now: number): boolean[] =>
  Array.from({ length: times }, () => take(key, max, 60, now).isAllowed)

describe('a window', () => {
  test('lets in as many as it may and not one more', () => {
    expect(takes('k', 3, 5, 0)).toEqual([true, true, true, false, false])
  })

  test('says how long to wait, never less than a second', () => {
    takes('k', 1, 1, 0)
    expect(take('k', 1, 60, 0).retryAfterSeconds).toBe(60)
    expect(take('k', 1, 60, 500).retryAfterSeconds).toBe(60)
    expect(take('k', 1, 60, minute - 1).retryAfterSeconds).toBe(1)
    expect(take('other', 1, 60, 0).retryAfterSeconds).toBe(0)
  })

  test('unlocks by itself at its end, and being asked meanwhile does not lengthen it', () => {
    takes('k', 2, 2, 0)
    for (let at = 0; at < minute; at += 500) expect(take('k', 2, 60, at).isAllowed).toBe(false)
    expect(takes('k', 2, 3, minute)).toEqual([true, true, false])
  })

  test('is each key’s own', () => {
    takes('k', 1, 2, 0)
    expect(take('K', 1, 60, 0).isAllowed).toBe(true)
    expect(take('k|', 1, 60, 0).isAllowed).toBe(true)
  })
})

describe('a look that takes nothing', () => {
  test('says that nothing is left once as many were let in as may be, and not before', () => {
    expect(isSpent('k', 2, 0)).toBe(false)
    takes('k', 2, 1, 0)
    expect(isSpent('k', 2, 0)).toBe(false)
    takes('k', 2, 1, 0)
    expect(isSpent('k', 2, 0)).toBe(true)
    expect(isSpent('other', 2, 0)).toBe(false)
  })

  test('leaves as much as there was, however often it looks', () => {
    takes('k', 2, 1, 0)
    for (let look = 0; look < 10; look += 1) isSpent('k', 2, 0)
    expect(takes('k', 2, 2, 0)).toEqual([true, false])
  })

  test('sees a place given back, and the end of the window', () => {
    const place = take('k', 1, 60, 0)
    expect(isSpent('k', 1, minute - 1)).toBe(true)
    expect(isSpent('k', 1, minute)).toBe(false)
    place.refund()
    expect(isSpent('k', 1, 0)).toBe(false)
  })
})

describe('a refund', () => {
  test('gives the place back', () => {
    take('k', 1, 60, 0).refund()
    expect(take('k', 1, 60, 0).isAllowed).toBe(true)
  })

  test('gives it back once only', () => {
    const [first] = [take('k', 2, 60, 0), take('k', 2, 60, 0)]
    first.refund()
    first.refund()
    expect(takes('k', 2, 2, 0)).toEqual([true, false])
  })

  test('of a refused attempt gives nothing', () => {
    take('k', 1, 60, 0)
    take('k', 1, 60, 0).refund()
    expect(take('k', 1, 60, 0).isAllowed).toBe(false)
  })

  test('that comes after its window gives nothing to the next one', () => {
    const old = take('k', 1, 60, 0)
    take('k', 1, 60, minute)
    old.refund()
    expect(take('k', 1, 60, minute).isAllowed).toBe(false)
  })
})

describe('at the cap', () => {
  const cap = 100_000
  const flood = (from: number, count: number, now: number): void => {
    for (let n = from; n < from + count; n += 1) take(`flood ${n}`, 5, 60, now)
  }

  test('a flood of new keys unlocks nobody, wherever in it the locked one stands', () => {
    const early = 'locked before the flood'
    takes(early, 1, 2, 0)
    flood(0, cap / 2, 0)
    const middle = 'locked in the middle of it'
    takes(middle, 1, 2, 0)
    flood(cap / 2, cap * 2, 0)
    expect(take(early, 1, 60, 0).isAllowed).toBe(false)
    expect(take(middle, 1, 60, 0).isAllowed).toBe(false)
    expect(shared.orinodeCounters?.size).toBeLessThanOrEqual(cap)
  })

  test('with nothing but locked keys a newcomer is refused rather than somebody unlocked', () => {
    for (let n = 0; n < cap; n += 1) takes(`locked ${n}`, 1, 2, 0)
    expect(take('newcomer', 1, 60, 0)).toMatchObject({ isAllowed: false, retryAfterSeconds: 60 })
    expect(take('locked 0', 1, 60, 0).isAllowed).toBe(false)
    expect(take(`locked ${cap - 1}`, 1, 60, 0).isAllowed).toBe(false)
    // Their windows over, they make room.
    expect(take('newcomer', 1, 60, minute).isAllowed).toBe(true)
  })

  test('a key that is already counted needs no room', () => {
    for (let n = 0; n < cap; n += 1) takes(`locked ${n}`, 1, 2, 0)
    expect(take('locked 7', 1, 60, minute).isAllowed).toBe(true)
  })
})

describe('the unit an address is counted by', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1::2:3', '2001:db8:1:0::/64'],
    ['2001:db8:1:2:3:4:192.0.2.7', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('%s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  test('one household’s /64 is one unit, its neighbour’s another', () => {
    const here = Array.from({ length: 50 }, (_, n) => addressKey(`2001:db8:5:6::${n.toString(16)}`))
    expect(new Set(here).size).toBe(1)
    expect(addressKey('2001:db8:5:7::1')).not.toBe(here[0])
  })

  test('strangers behind mapped IPv4 addresses are not one unit', () => {
    expect(addressKey('::ffff:c000:207')).not.toBe(addressKey('::ffff:c000:208'))
  })
})
