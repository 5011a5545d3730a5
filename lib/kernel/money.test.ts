import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { decimalOf, exponentOf, formatMoney } from './money.ts'

test.each([
  [500_000, undefined, '₦5,000.00'],
  [500_050n, undefined, '₦5,000.50'],
  [-5, undefined, '-₦0.05'],
  [0, undefined, '₦0.00'],
  [1234, 'USD', 'US$12.34'],
  [5000, 'XOF', 'F\u202fCFA\u00a05,000'],
  [1234, 'TND', 'TND\u00a01.234'],
  [250_000, 'KES', 'KES\u00a02,500.00'],
])('%s minor units of %s read %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency)).toBe(text)
})

test('the naira is the default, and each currency has its own number of minor digits', () => {
  expect(['NGN', 'GHS', 'XOF', 'UGX', 'TND'].map(exponentOf)).toEqual([2, 2, 0, 0, 3])
})

test('amounts beyond what a float can hold stay exact', () => {
  expect(formatMoney(12_345_678_901_234_567_890n)).toBe('₦123,456,789,012,345,678.90')
})

test('a decimal gives its minor units back', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.constantFrom('NGN', 'XOF', 'TND'), (minor, currency) => {
      const [whole = '', fraction = ''] = decimalOf(minor, currency).split('.')
      expect(fraction).toHaveLength(exponentOf(currency))
      expect(BigInt(whole + fraction)).toBe(minor)
    }),
  )
})

test('a fraction of a minor unit is refused', () => {
  expect(() => formatMoney(10.5)).toThrow(RangeError)
})
