import { expect, test } from 'vitest'
import { z } from 'zod'

import { AppError } from '../kernel/app-error.ts'
import { parseInput, storable } from './input.ts'

const shape = z.strictObject({ name: z.string(), list: z.array(z.string()).optional(), more: z.unknown().optional() })

test('no text that comes in holds NUL or half a character, however deep it stands', () => {
  const given = { name: 'a\0b', list: ['\0', 'x\ud83d'], more: { deep: [{ text: '\udc00\0' }] } }
  expect(storable(given)).toEqual({ name: 'ab', list: ['', 'x\ufffd'], more: { deep: [{ text: '\ufffd' }] } })
})

test('bytes and streams are left alone', () => {
  const bytes = Buffer.from([0, 1, 0])
  expect(storable({ body: bytes })).toEqual({ body: bytes })
})

test('what is nested without end is refused, and nothing breaks', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  expect(() => storable({ name: 'a', more: deep })).toThrow(AppError)
})

test('an own __proto__ is a field like any other', () => {
  const given: unknown = JSON.parse('{"name":"a","__proto__":{"list":["b"]}}')
  expect(() => parseInput(shape, storable(given))).toThrow(AppError)
})

test('a field is said to be wrong in words somebody can act on', () => {
  const strict = z.strictObject({
    empty: z.string().trim().min(1),
    email: z.email(),
    short: z.string().min(8, 'use at least 8 characters'),
    one: z.string().max(1),
    list: z.array(z.string()).min(2),
  })
  let fields: unknown
  try {
    parseInput(strict, { empty: ' ', email: '', short: 'abc', one: 'ab', list: [] })
  } catch (error) {
    fields = error instanceof AppError && error.fields
  }
  expect(fields).toEqual({
    empty: 'is needed',
    email: 'is needed',
    short: 'use at least 8 characters',
    one: 'must be at most 1 character',
    list: 'must be at least 2',
  })
})
