import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import { environmentOf, isWellFormed, keyHash, newKey } from './key-format.ts'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const keys = Array.from({ length: 800 }, (_, at) => newKey(at % 2 === 0 ? 'live' : 'test'))
const sample = keys.slice(0, 4)

describe('a new key', () => {
  test('has the form we publish and is well formed', () => {
    for (const key of keys) {
      expect(key).toMatch(/^ori_(live|test)_[0-9A-Za-z]{49}$/)
      expect(isWellFormed(key)).toBe(true)
    }
  })

  test('is never one made before', () => {
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('says which environment it is for', () => {
    expect(environmentOf(newKey('live'))).toBe('live')
    expect(environmentOf(newKey('test'))).toBe('test')
  })

  test('ends in the CRC-32 of everything before, six places of base62', () => {
    for (const key of sample) {
      const sum = Array.from(key.slice(-6)).reduce((total, letter) => total * 62 + base62.indexOf(letter), 0)
      expect(sum).toBe(crc32(key.slice(0, -6)))
    }
  })

  test('uses every letter about equally often: none is favoured by the way bytes are cut', () => {
    const letters = keys.flatMap((key) => Array.from(key.slice(9, 52)))
    const counts = Map.groupBy(letters, (letter) => letter)
    const expected = letters.length / 62
    expect(letters).toHaveLength(800 * 43)
    // Without rejection eight letters would come a quarter more often: 4 of 256 bytes, and not 4 of 248.
    const chiSquare = Array.from(base62).reduce(
      (sum, letter) => sum + ((counts.get(letter)?.length ?? 0) - expected) ** 2 / expected,
      0,
    )
    // 61 degrees of freedom: a fair draw is above this once in a hundred million runs; the unfair one is near 290.
    expect(chiSquare).toBeLessThan(143)
  })

  test('is stored as SHA-256', () => {
    expect(keyHash('ori_live_x')).toEqual(createHash('sha256').update('ori_live_x').digest())
  })
})

describe('a mistyped key', () => {
  test('is caught wherever a single character is another one', () => {
    for (const key of sample) {
      for (let place = 0; place < key.length; place += 1) {
        for (const letter of `${base62}_`) {
          const typed = `${key.slice(0, place)}${letter}${key.slice(place + 1)}`
          expect(isWellFormed(typed), typed).toBe(typed === key)
        }
      }
    }
  })

  test('is caught when two neighbours changed places, one is missing, one too many, or the environment is another', () => {
    for (const key of sample) {
      for (let place = 9; place < key.length - 1; place += 1) {
        const [one = '', two = ''] = key.slice(place, place + 2)
        const swapped = `${key.slice(0, place)}${two}${one}${key.slice(place + 2)}`
        expect(isWellFormed(swapped)).toBe(one === two)
        expect(isWellFormed(key.slice(0, place) + key.slice(place + 1))).toBe(false)
        expect(isWellFormed(key.slice(0, place) + one + key.slice(place))).toBe(false)
      }
      expect(isWellFormed(key.replace('live', 'test'))).toBe(key.includes('_test_'))
    }
  })

  test.each([
    '',
    'ori_live_',
    'ORI',
    `${newKey('live')}\n`,
    ` ${newKey('live')}`,
    newKey('live').toLowerCase(),
    `ori_prod_${newKey('live').slice(9)}`,
    'x'.repeat(10_000),
  ])('is caught when it is no key at all: %j', (typed) => {
    expect(isWellFormed(typed)).toBe(false)
  })
})
