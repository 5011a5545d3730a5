import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { partOf } from './byte-range.ts'

test.each([
  [null, 0, 99, true],
  ['bytes=0-', 0, 99, false],
  ['bytes=0-0', 0, 0, false],
  ['bytes=10-19', 10, 19, false],
  ['Bytes = 10-19', 10, 19, false],
  ['bytes=99-', 99, 99, false],
  ['bytes=10-999999999999999', 10, 99, false],
  ['bytes=-10', 90, 99, false],
  ['bytes=-999999999999999', 0, 99, false],
  ['seconds=1-2', 0, 99, true],
  ['', 0, 99, true],
])('%j of a hundred bytes is %i to %i', (header, from, to, whole) => {
  expect(partOf(header, 100)).toEqual({ from, to, is_whole: whole })
})

test.each([
  'bytes=100-',
  'bytes=100-200',
  'bytes=5-4',
  'bytes=-0',
  'bytes=-',
  'bytes=',
  'bytes=0-1,3-4',
  'bytes=0-,0-,0-,0-',
  `bytes=${'0-1,'.repeat(300)}0-1`,
  'bytes=a-b',
  'bytes=--5',
  'bytes=-5-5',
  'bytes=1.5-2',
  'bytes=1e3-',
  'bytes=0x10-',
  'bytes=9007199254740993-',
  'bytes=99999999999999999999999999-',
  'bytes=-99999999999999999999999999',
  'bytes=NaN-Infinity',
  'bytes=٣-٤',
])('%j of a hundred bytes is nothing', (header) => {
  expect(partOf(header, 100)).toBeNull()
})

test('nothing has no part', () => expect(partOf('bytes=0-', 0)).toBeNull())

test('whatever is asked for lies inside', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1_000 }), (text, one, other, size) => {
      for (const header of [text, `bytes=${text}`, `bytes=${one}-${other}`, `bytes=-${one}`]) {
        const part = partOf(header, size)
        expect(part === null || (part.from >= 0 && part.from <= part.to && part.to < size)).toBe(true)
      }
    }),
  )
})
