import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { NUMBER_REMOVED, redactAcross, redactDigits, redactDtmf } from './redaction.ts'

describe('numbers leave a text', () => {
  test.each([
    'call 0803 123 4567',
    '+234 (0)803-123-4567',
    '0803\u200b123\u200b4567',
    '080/31/23/45/67',
    '0,8,0,3,1,2,3,4,5,6,7',
    '0_8_0_3_1_2_3',
    '0\n8\n0\n3\n1\n2\n3',
    '٠٨٠٣١٢٣٤٥٦٧',
    '०२४ ५५५ ०१३५',
    '０８０３１２３４５６７',
    '⓪⑧⓪③①②③④',
    '፰፩፪፫፬፭፮',
    '0️⃣8️⃣0️⃣3️⃣1️⃣2️⃣3️⃣',
    'oh eight zero 3 one two three',
    'zero-eight-oh-three-one-two-three',
    'Oh EIGHT zero Three, double five, seven',
    'oh eight hundred, triple two, nine',
    'zero eight, um, then zero three and five double-five',
    'eighty three, twenty one, fifty six, seven',
    'nought eight o three nine nine one',
    'zeroeightzerothreeonetwothree',
    'zero\u200beight\u200bum\u200bzero\u200bthree one two three',
    'z\u0301ero e\u200bight zero three one two three',
    'ｚｅｒｏ eight zero three one two three',
    'oh eight oh three for five six seven',
    'plus two three four eight oh three one',
    '2348031234567',
    'ọ̀kan méjì mẹ́ta mẹ́rin márùn-ún mẹ́fà méje mẹ́jọ',
    'sifili takwas sifili shida, biyar biyar biyar',
    'sifuri saba mbili mbili tano tano tano',
    'zéro sept, quarante-deux, cinquante-cinq, douze',
    'efu asatọ efu atọ, ise ise ise',
  ])('%j is removed', (text) => {
    const { text: left, count } = redactDigits(text)
    expect(count).toBe(1)
    expect(left).toContain(NUMBER_REMOVED)
    expect(left).not.toMatch(/\p{N}/u)
  })

  test.each([
    '₦5,000 a yard',
    'from ₦5,000 to ₦12,500',
    'five thousand naira',
    'two hundred and fifty thousand naira',
    'two million three hundred thousand',
    'two hundred and fifty five thousand three hundred naira',
    'nine hundred and ninety nine thousand, nine hundred',
    'the 3rd of March 2026',
    'it is half past ten',
    'gate 12, order 20931',
    'no one came, two of us waited',
    'SL 20931 and KF 4417',
    'call 112',
    '',
    '€4,000/$5,000',
    'a double room for two',
    'you won, too',
    'someone often tends bones',
  ])('%j stays as it is', (text) => {
    expect(redactDigits(text)).toEqual({ text, count: 0 })
  })

  test.each([
    '2026-03-01T10:15:00Z',
    'from 08:00 to 17:30:00, 5 days',
    '1,500,000',
    '01/03/2026',
    'id 3f2504e0-4f89-1234567-9a0c',
  ])('safety wins over %j', (text) => {
    expect(redactDigits(text).text).toContain(NUMBER_REMOVED)
  })

  test('everything around a number is left exactly as it was', () => {
    expect(redactDigits('Ring +2348031234567, gate 12.').text).toBe(`Ring ${NUMBER_REMOVED}, gate 12.`)
    expect(redactDigits('a 0803 123 4567 b 0805 555 0122 c')).toEqual({
      text: `a ${NUMBER_REMOVED} b ${NUMBER_REMOVED} c`,
      count: 2,
    })
  })

  test('any text comes back shorn of numbers and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const once = redactDigits(text)
        expect(redactDigits(once.text).count).toBe(0)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('numbers read out over several turns', () => {
  test('each piece loses its part, and an okay in between stays', () => {
    const { pieces, count } = redactAcross([
      'It is zero eight zero three',
      'Okay.',
      'five five five',
      'yes',
      '0141. Thank you',
      'Six yards at ₦5,000',
    ])
    expect(pieces).toEqual([
      `It is ${NUMBER_REMOVED}`,
      'Okay.',
      NUMBER_REMOVED,
      'yes',
      `${NUMBER_REMOVED}. Thank you`,
      'Six yards at ₦5,000',
    ])
    expect(count).toBe(1)
  })

  test('pieces are the same number as before, in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 ]{0,12}$/)), { maxLength: 12 }), (texts) => {
        expect(redactAcross(texts).pieces).toHaveLength(texts.length)
      }),
    )
  })
})

test('of keys pressed only their count is kept', () => {
  expect(redactDtmf('1*44#')).toBe(5)
  expect(redactDtmf('1w2 W 3')).toBe(3)
})

describe('100 kB of hostile text takes time in proportion, not more', () => {
  const size = 100_000
  const hostile: Record<string, string> = {
    digits: '1'.repeat(size),
    spaced: '1 '.repeat(size / 2),
    almost: '1 2 3 4 5 6 x '.repeat(size / 14),
    words: 'zero '.repeat(size / 5),
    fillers: 'um '.repeat(size / 3),
    'joined words': `${'one'.repeat(size / 3)}x`,
    'joined teens': `${'sixteen'.repeat(size / 7)}six`,
    doubles: 'double '.repeat(size / 7),
    hundreds: 'two hundred and fifty thousand and '.repeat(size / 35),
    thousands: 'one thousand '.repeat(size / 13),
    marks: `e${'\u0301\u0323'.repeat(size / 2)}`,
    'zero width': `a${'\u200b'.repeat(size)}`,
    'zero width words': 'a\u200b'.repeat(size / 2),
    brackets: '('.repeat(size),
    plus: '+'.repeat(size),
    'one letter': 'a'.repeat(size),
    homophones: 'one for '.repeat(size / 8),
    arabic: '٣'.repeat(size),
    math: '𝟗'.repeat(size / 2),
    surrogates: '\ud835'.repeat(size),
    circled: '⑳ '.repeat(size / 2),
  }
  test.each(Object.entries(hostile))('%s', (_, text) => {
    const startedAt = performance.now()
    redactDigits(text)
    // A busy machine is slow; a quadratic search would need minutes.
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
