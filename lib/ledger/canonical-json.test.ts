import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { vectors } from '../testing/vectors.ts'
import { type Canonical, canonicalJson } from './canonical-json.ts'

const folder = vectors('audit/jcs')

const parsed = (text: string): Canonical => JSON.parse(text) as Canonical

describe.skipIf(folder === null)('the vectors that come with RFC 8785', () => {
  const names = folder === null ? [] : readdirSync(join(folder, 'input'))

  test('are all there', () => {
    expect(names.toSorted()).toEqual([
      'arrays.json',
      'french.json',
      'structures.json',
      'unicode.json',
      'values.json',
      'weird.json',
    ])
  })

  test.each(names)('%s, to the byte', (name) => {
    const ours = Buffer.from(canonicalJson(parsed(readFileSync(join(folder ?? '', 'input', name), 'utf8'))))
    const hex = readFileSync(join(folder ?? '', 'outhex', name.replace('.json', '.txt')), 'utf8').replaceAll(/\s+/g, '')
    expect(ours.toString('hex')).toBe(hex)
    expect(ours).toEqual(readFileSync(join(folder ?? '', 'output', name)))
  })
})

describe('the canonical form', () => {
  test('is the example of RFC 8785 §3.2.2 and §3.2.3', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('sorts names by UTF-16 code units, neither by code points nor as people would', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6', 'a', 'B', '10', '2', '']
    const sorted = ['', '\r', '1', '10', '2', 'B', 'a', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))
    expect(text).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`)
  })

  test.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [1e20, '100000000000000000000'],
    [1e-7, '1e-7'],
    [Number.MIN_VALUE, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [Number('9007199254740993'), '9007199254740992'],
  ])('writes the number %d as ECMAScript does', (number, text) => {
    expect(canonicalJson(number)).toBe(text)
  })

  test('does not escape what need not be', () => {
    expect(canonicalJson('/\u007f\u2028é')).toBe('"/\u007f\u2028é"')
  })

  test.each([
    ['a lone surrogate', '\ud800'],
    ['a lone low surrogate in a name', { '\udc00': 1 }],
    ['surrogates the wrong way round', ['\udc00\ud800']],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })

  test('refuses what JSON cannot carry, even when the compiler was told otherwise', () => {
    for (const value of [
      undefined,
      { a: undefined },
      [undefined],
      1n,
      Symbol('s'),
      () => 1,
      Array.from({ length: 2 }),
    ]) {
      expect(() => canonicalJson(value as Canonical)).toThrow(TypeError)
    }
  })
})

const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())
const { value: anything } = fc.letrec<{ value: Canonical; list: Canonical[]; object: Record<string, Canonical> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      wellFormed,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 5 }),
    object: fc.dictionary(wellFormed, tie('value'), { maxKeys: 5 }),
  }),
)

/** The same value with every object's members put in the other order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, one]) => [name, turned(one)]),
  )
}

describe('for every value that JSON can carry', () => {
  test('the form reads back as the value', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('the form does not depend on the order of members', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(canonicalJson(turned(value) as Canonical)).toBe(canonicalJson(value))
      }),
    )
  })

  test('the form is its own form', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(parsed(text))).toBe(text)
      }),
    )
  })

  test('values that differ have forms that differ', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        // By way of JSON, where −0 and 0 are one number.
        const isSame = isDeepStrictEqual(parsed(JSON.stringify(one)), parsed(JSON.stringify(other)))
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isSame)
      }),
    )
  })
})
