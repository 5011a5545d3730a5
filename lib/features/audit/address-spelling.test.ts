import { expect, test } from 'vitest'

import { addressSpelling } from './address-spelling.ts'

test.each([
  ['2001:db8::1', '2001:0DB8:0000:0000:0000:0000:0000:0001'],
  ['2001:db8::1', '2001:db8:0:0::1'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['203.0.113.9', '::ffff:203.0.113.9'],
  ['203.0.113.9', '::FFFF:CB00:7109'],
  ['203.0.113.9', '203.0.113.9'],
])('%s is also %s', (short, long) => {
  expect(addressSpelling(long)).toBe(short)
  expect(addressSpelling(short)).toBe(short)
})

test('another address stays another, and what is none stays as it is', () => {
  expect(addressSpelling('2001:db8::10')).not.toBe(addressSpelling('2001:db8::1'))
  expect(addressSpelling('unknown')).toBe('unknown')
  expect(addressSpelling('fe80::1%ETH0')).toBe('fe80::1%eth0')
})
