import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { pathFrom, valueAt } from './generic-path.ts'

const body = { call: { from: 'a', legs: [{ id: 1 }, { id: 2 }], 'Caller ID': 'b', 'x-y': 'c' } }

describe('a path', () => {
  test.each<[string, unknown]>([
    ['call.from', 'a'],
    ['call.legs[1].id', 2],
    ['call["Caller ID"]', 'b'],
    ['["call"].from', 'a'],
    ['call.x-y', 'c'],
    ['call.nobody', undefined],
    ['call.legs[2].id', undefined],
    ['call.legs[0]', { id: 1 }],
    ['call.from.length', undefined],
    ['call.from[0]', undefined],
    ['call.legs.length', undefined],
    ['call.legs.map', undefined],
    ['call.toString', undefined],
    ['call[0]', undefined],
    ['call.legs["0"]', undefined],
  ])('%s', (text, value) => {
    const path = pathFrom(text)
    expect(path).not.toBeNull()
    expect(valueAt(body, path ?? [])).toEqual(value)
  })

  test.each([
    '',
    '.',
    '.call',
    'call.',
    'call..from',
    'call[]',
    'call[-1]',
    'call[1',
    'call[99999]',
    'call from',
    'call.from()',
    'call["a"',
    "call['a']",
    'call["a\\"b"]',
    'call[`a`]',
    '${call}',
    'call;from',
    'a.b.c.d.e.f.g.h.i',
    `a${'.b'.repeat(120)}`,
    '1call',
    '$..*',
    'call[*]',
    'call[?(@.a)]',
    '__proto__',
    'call.__proto__.polluted',
    'call["__proto__"]',
    'constructor.prototype',
    'call.constructor',
    'call["prototype"]',
  ])('%s is none', (text) => {
    expect(pathFrom(text)).toBeNull()
  })

  test('reaches only what the sender wrote, never what a value inherits', () => {
    const hostile: unknown = JSON.parse('{"a":{"__proto__":{"b":"from the sender"}},"list":[1]}')
    expect(valueAt(hostile, ['a', 'b'])).toBeUndefined()
    const inherited = Object.create({ secret: 1 }) as object
    expect(valueAt({ inherited }, ['inherited', 'secret'])).toBeUndefined()
  })

  test('of any text and over any value reads or does not, and changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.jsonValue(), (text, value) => {
        const before = JSON.stringify(value)
        valueAt(value, pathFrom(text) ?? ['a'])
        expect(JSON.stringify(value)).toBe(before)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
  })
})
