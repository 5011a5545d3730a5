import { describe, expect, test } from 'vitest'

import { asciiDigits, digitCount, digitValue } from './digits.ts'

const decimals = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint)
  .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
  .map((codePoint) => String.fromCodePoint(codePoint))
  .filter((char) => /\p{Nd}/u.test(char))

describe('digits of every script', () => {
  test('each decimal digit of Unicode has a value, and every script has all ten', () => {
    expect(decimals.length).toBeGreaterThan(600)
    const perValue = Map.groupBy(decimals, digitValue)
    expect(new Set(perValue.keys())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    for (const chars of perValue.values()) expect(chars.length).toBe(decimals.length / 10)
  })

  test('values agree with Unicode’s own folding wherever it has one', () => {
    const folding = decimals.filter((char) => /^[0-9]$/.test(char.normalize('NFKC')))
    expect(folding.length).toBeGreaterThan(60)
    expect(folding.map(digitValue)).toEqual(folding.map((char) => Number(char.normalize('NFKC'))))
  })

  test.each([
    ['٠٨٠٣', '0803'],
    ['۰۸۰۳', '0803'],
    ['०८०३', '0803'],
    ['０８０３', '0803'],
    ['߀߈߀߃', '0803'],
    ['𞥐𞥘𞥐𞥓', '0803'],
    ['𝟎𝟖𝟘𝟛', '0803'],
    ['೦೮೦೩', '0803'],
  ])('%s is read as %s', (text, expected) => {
    expect(asciiDigits(text)).toBe(expected)
  })

  test('signs that stand for digits are counted though they are not decimal', () => {
    expect(['①', '²', '⑫', '፰', '፳', 'Ⅷ'].map(digitCount)).toEqual([1, 1, 2, 1, 2, 0])
  })
})
