import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { redactJson } from './redaction-json.ts'
import { NUMBER_REMOVED } from './redaction.ts'

describe('numbers leave a JSON value', () => {
  test('strings, keys and plain numbers, at any depth', () => {
    const { value, count } = redactJson({
      to: '+2348031234567',
      n: 8031234567,
      deep: [{ '0803 123 4567': 'yes', text: 'zero eight zero three one two three' }],
      short: 42,
      flag: true,
      none: null,
    })
    expect(value).toEqual({
      to: NUMBER_REMOVED,
      n: NUMBER_REMOVED,
      deep: [{ [NUMBER_REMOVED]: 'yes', text: NUMBER_REMOVED }],
      short: 42,
      flag: true,
      none: null,
    })
    expect(count).toBe(4)
  })

  test('a number listed one word at a time goes, as speech recognition lists it', () => {
    const words = ['My', 'line', 'is', 'oh', 'eight', 'oh', 'three', '55', '50141', 'thanks'].map((word, at) => ({
      word: `${word} `,
      start: at / 2,
    }))
    const { value } = redactJson(
      { transcript_object: [{ words: words.slice(0, 6) }, { words: words.slice(6) }] },
      { keepNumbersAt: (path) => path.at(-1) === 'start' },
    )
    expect(JSON.stringify(value)).not.toMatch(/oh|eight|three|55|50141/)
    expect(JSON.stringify(value)).toContain('thanks')
    expect(JSON.stringify(value)).toContain('"start":4.5')
  })

  test('keys pressed go, listed as text or as numbers', () => {
    const pressed = [0, 8, 0, 3, 5, 5, 5]
    expect(redactJson({ dtmf: pressed.map((digit) => ({ digit: String(digit) })) }).value).toEqual({
      dtmf: pressed.map(() => ({ digit: NUMBER_REMOVED })),
    })
    expect(redactJson({ keys: pressed }).value).toEqual({ keys: pressed.map(() => NUMBER_REMOVED) })
    expect(redactJson({ few: [1, 2, 3] }).value).toEqual({ few: [1, 2, 3] })
  })

  test('numbers named as safe stay, wherever the path says', () => {
    const body = { call: { start_timestamp: 1_772_000_000_000, cost: 12.345678, other: 1_772_000_000_000 } }
    const seen: string[] = []
    const { value } = redactJson(body, {
      keepNumbersAt: (path) => {
        seen.push(path.join('.'))
        return path.at(-1) !== 'other'
      },
    })
    expect(value).toEqual({ call: { start_timestamp: 1_772_000_000_000, cost: 12.345678, other: NUMBER_REMOVED } })
    expect(seen).toContain('call.start_timestamp')
  })

  test('two keys that become the same word are still two keys', () => {
    const { value } = redactJson({ '08031234567': 1, '08051234567': 2 })
    expect(value).toEqual({ [NUMBER_REMOVED]: 1, [`${NUMBER_REMOVED} (2)`]: 2 })
  })

  test('a value without numbers comes back equal, shape and order', () => {
    const values = [
      fc.stringMatching(/^[b-d ₦]{0,20}$/),
      fc.integer({ min: 10, max: 99_999 }),
      fc.boolean(),
      fc.constant(null),
    ]
    fc.assert(
      fc.property(fc.object({ key: fc.stringMatching(/^[b-d]{1,5}$/), values, maxDepth: 4 }), (value) => {
        const written = JSON.stringify(value)
        expect(JSON.stringify(redactJson(JSON.parse(written)).value)).toBe(written)
      }),
    )
  })

  test('keys that name the prototype stay ordinary keys', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":"08031234567"},"constructor":"x"}')
    const { value } = redactJson(hostile)
    expect(JSON.stringify(value)).toBe(`{"__proto__":{"polluted":"${NUMBER_REMOVED}"},"constructor":"x"}`)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test('nesting deeper than any provider goes is cut, not followed', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}"08031234567"${']'.repeat(50_000)}`)
    expect(JSON.stringify(redactJson(deep).value)).not.toContain('0803')
  })

  test('many keys that are numbers take no more than their share of time', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => [`+23480${String(10_000_000 + at)}`, at % 7]),
    )
    const startedAt = performance.now()
    expect(Object.keys(redactJson(wide).value ?? {})).toHaveLength(5_000)
    expect(performance.now() - startedAt).toBeLessThan(400)
  })
})
