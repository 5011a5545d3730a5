import { expect, test } from 'vitest'

import { maskedNumber } from './masked-number.ts'

test('a number shows its country and its last three digits, never more', () => {
  expect(maskedNumber({ kind: 'number', country: 'NG', last3: '789', callingCode: '234' })).toBe('+234 *** *** 789')
  expect(maskedNumber({ kind: 'number', country: 'NG', last3: '789', callingCode: '+234' })).toBe('+234 *** *** 789')
  expect(maskedNumber({ kind: 'number', country: null, last3: '789', callingCode: null })).toBe('*** *** 789')
  expect(maskedNumber({ kind: 'number', country: 'NG', last3: null, callingCode: '234' })).toBe('+234 *** *** ***')
})

test.each([
  ['withheld', 'Withheld'],
  ['short_code', 'Short code'],
  ['sip', 'SIP address'],
] as const)('%s is said in words', (kind, words) => {
  expect(maskedNumber({ kind, country: 'NG', last3: '789', callingCode: '234' })).toBe(words)
})
