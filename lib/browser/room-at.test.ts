import { expect, test } from 'vitest'

import { roomAt } from './room-at.ts'

const rooms = [
  { key: 'home', href: '/o/abc' },
  { key: 'calls', href: '/o/abc/calls' },
  { key: 'team', href: '/o/abc/team' },
] as const

test.each([
  ['/o/abc', 'home'],
  ['/o/abc/calls', 'calls'],
  ['/o/abc/calls/123', 'calls'],
  ['/o/abc/callsigns', 'home'],
  ['/o/abcd', null],
  [null, null],
])('%s stands in %s', (path, room) => {
  expect(roomAt(rooms, path)).toBe(room)
})
