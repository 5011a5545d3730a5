import { expect, it } from 'vitest'

import { clientAddress, plainAddress } from './client-address.ts'

it.each([
  ['41.58.0.7', '41.58.0.7'],
  [' 41.58.0.7:5060 ', '41.58.0.7'],
  ['::ffff:41.58.0.7', '41.58.0.7'],
  ['[2c0f:f248::1]:443', '2c0f:f248::1'],
  ['2c0f:f248::1', '2c0f:f248::1'],
  ['localhost', undefined],
  ['1.2.3.4, 5.6.7.8', undefined],
  ['', undefined],
])('%s is the address %s', (written, plain) => {
  expect(plainAddress(written)).toBe(plain)
})

it.each([
  [0, '6.6.6.6', '127.0.0.1'],
  [1, '6.6.6.6, 41.58.0.7', '41.58.0.7'],
  [2, '6.6.6.6, 41.58.0.7, 10.0.0.2', '41.58.0.7'],
  [2, '41.58.0.7', '127.0.0.1'],
  [1, '6.6.6.6, unknown', '127.0.0.1'],
  [1, undefined, '127.0.0.1'],
])('behind %i trusted hops, X-Forwarded-For "%s" means %s', (hops, forwardedFor, address) => {
  expect(clientAddress('::ffff:127.0.0.1', forwardedFor, hops)).toBe(address)
})
