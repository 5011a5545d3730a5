import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findNumbers, mayHoldNumber } from './number-spans.ts'

const words =
  'hundred thousand million one seven twenty fifteen double triple to for um and 0 80 803 +234 ₦ 5,000 1999 zeroeight deux mbili booked .'.split(
    ' ',
  )

describe('the quick look for numbers', () => {
  test('never says no where a number is found', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), (some) => {
        const text = some.join(' ')
        expect(findNumbers(text).length > 0 && !mayHoldNumber(text)).toBe(false)
      }),
      { numRuns: 3_000 },
    )
  })

  test.each(['hundred thousand hundred thousand one', 'one to two for three ate four'])('finds %s', (text) => {
    expect(findNumbers(text)).toHaveLength(1)
  })

  test('says no to ordinary speech with a price and a time in it', () => {
    expect(mayHoldNumber('Thursday at 10:30 for five thousand naira, then.')).toBe(false)
    expect(mayHoldNumber('hundred thousand hundred thousand one')).toBe(true)
    expect(mayHoldNumber('one to two for three')).toBe(false)
    expect(mayHoldNumber('one to two for three ate four')).toBe(true)
    expect(mayHoldNumber('oh eight oh three one two three')).toBe(true)
  })
})
