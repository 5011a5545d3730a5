import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { decimalOf, exponentOf, formatMoney, minorOf, moneyLocaleIn } from './money.ts'

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

test.each([
  ['2.385', 'KES', 239],
  ['1.005', 'USD', 101],
  ['0.004', 'USD', 0],
  ['12', 'NGN', 1_200],
  ['12.5', 'UGX', 13],
  ['7', 'XOF', 7],
  ['1.0005', 'TND', 1_001],
  ['999999999999.99', 'NGN', 99_999_999_999_999],
])('%s %s is %s in minor units', (decimal, currency, minor) => {
  expect(minorOf(decimal, currency)).toBe(minor)
})

test.each([
  ['-1', 'NGN'],
  ['1e3', 'NGN'],
  ['1,000', 'NGN'],
  ['.5', 'NGN'],
  ['', 'NGN'],
  ['NaN', 'NGN'],
  ['1 ', 'NGN'],
  ['٣', 'NGN'],
  ['1', 'naira'],
  ['1', ''],
])('%j of %j is no amount', (decimal, currency) => {
  expect(minorOf(decimal, currency)).toBeNull()
})

test('a whole number of minor units, written out and read again, is itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e11 }), fc.constantFrom('NGN', 'KES', 'UGX', 'TND'), (minor, currency) => {
      expect(minorOf(decimalOf(minor, currency), currency)).toBe(minor)
    }),
  )
})

test.each([
  ['NG', 'NGN', '₦1,234.50'],
  ['ZA', 'ZAR', 'R 1 234,50'],
  ['KE', 'KES', 'Ksh 1,234.50'],
  ['GH', 'GHS', 'GH₵1,234.50'],
  ['ZA', 'NGN', 'NGN 1 234,50'],
  ['NG', 'ZAR', 'ZAR 1,234.50'],
  ['nowhere', 'NGN', '₦1,234.50'],
])('in %s an amount in %s is written the way it is there', (country, currency, written) => {
  const plain = formatMoney(123_450, currency, moneyLocaleIn(country)).replaceAll(/\s/g, ' ')
  expect(plain).toBe(written)
})
