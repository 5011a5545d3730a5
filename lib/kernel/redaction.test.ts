import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { NUMBER_REMOVED, redactAcross, redactDigits, redactDtmf } from './redaction.ts'

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ZEROS = ['zero', 'oh', 'o', 'nought', 'naught']
/** Where each script's zero is, from the Unicode charts and not from our own code. */
const SCRIPT_ZEROS = [0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xbe6, 0xe50, 0xff10, 0x1e950, 0x104a0, 0x1d7ce]

/** Deliberately naive and not ours: turns everything that could be a digit into one, and throws the rest away. */
function digitsLeft(text: string): string {
  const words = text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .toLowerCase()
    .replace(/[a-z]+/g, (word) => {
      if (WORDS.includes(word)) return ` ${WORDS.indexOf(word)} `
      if (ZEROS.includes(word)) return ' 0 '
      if (TEENS.includes(word)) return ` ${10 + TEENS.indexOf(word)} `
      if (TENS.includes(word)) return ` <${TENS.indexOf(word)} `
      return word === 'double' || word === 'triple' || word === 'hundred' ? ` ${word} ` : ' '
    })
    .replace(/[^\d<a-z]*\bdouble\b\D*(\d)/g, ' $1$1')
    .replace(/[^\d<a-z]*\btriple\b\D*(\d)/g, ' $1$1$1')
    .replace(/hundred/g, '00')
    .replace(/<(\d)[^\d<]*([1-9])(?=\D|$)/g, '$1$2')
    .replace(/<(\d)/g, '$10')
  let digits = ''
  for (const char of words) {
    const codePoint = char.codePointAt(0) ?? 0
    const zero = SCRIPT_ZEROS.find((start) => codePoint >= start && codePoint < start + 10)
    if (zero !== undefined) digits += String(codePoint - zero)
  }
  return digits
}

const separators = [
  '',
  ' ',
  '  ',
  '\u00a0',
  '\u202f',
  '\u200b',
  '\u2060',
  '.',
  '-',
  '–',
  '/',
  ' / ',
  '(',
  ') ',
  ', ',
  '_',
  '\n',
  '\r\n',
  '\t',
  ' - ',
  ':',
  ';',
  '|',
  '·',
  '•',
  '\u00ad',
  '\ufeff',
  '__',
  '…',
]
const hesitations = [' um ', ' then ', ' and ', ', uh, ', ' um, and then ', ' okay ', ' — er — ']

/** One way to write or say the next one to three digits, and how many it used. */
interface Step {
  spoken: boolean
  script: number
  zero: number
  pair: boolean
  repeat: boolean
  separator: string
  upper: boolean
}

function sayNext(rest: string, step: Step): [said: string, used: number] {
  const digit = Number(rest[0])
  if (!step.spoken) return [String.fromCodePoint((SCRIPT_ZEROS[step.script] ?? 0x30) + digit), 1]
  const word = digit === 0 ? (ZEROS[step.zero] ?? 'zero') : (WORDS[digit] ?? '')
  if (step.repeat && rest[1] === rest[0]) return rest[2] === rest[0] ? [`triple ${word}`, 3] : [`double ${word}`, 2]
  if (step.pair && /^[1-9]00/.test(rest)) return [`${word} hundred`, 3]
  if (step.pair && /^1\d/.test(rest)) return [TEENS[Number(rest[1])] ?? '', 2]
  if (step.pair && /^[2-9][1-9]/.test(rest))
    return [`${TENS[digit]}${step.upper ? '-' : ' '}${WORDS[Number(rest[1])]}`, 2]
  return [step.upper ? word.toUpperCase() : word, 1]
}

function render(digits: string, steps: readonly Step[]): string {
  let out = ''
  let spokenBefore = false
  for (let at = 0, turn = 0; at < digits.length; turn += 1) {
    const step = steps[turn % steps.length]
    if (!step) break
    const [said, used] = sayNext(digits.slice(at), step)
    // A bare join of two words, or of a word and a digit, is another spelling: tried on its own below.
    const gap = step.separator === '' && (step.spoken || spokenBefore) ? ' ' : step.separator
    out += (at === 0 ? '' : gap) + said
    spokenBefore = step.spoken
    at += used
  }
  return out
}

const e164 = fc
  .tuple(fc.constantFrom('234', '233', '254', '27', '1', '44', '225', '20'), fc.stringMatching(/^[1-9][0-9]{6,9}$/))
  .map((parts) => parts.join(''))
const stepOf = (spoken: fc.Arbitrary<boolean>): fc.Arbitrary<Step> =>
  fc.record({
    spoken,
    script: fc.nat(SCRIPT_ZEROS.length - 1),
    zero: fc.nat(ZEROS.length - 1),
    pair: fc.boolean(),
    repeat: fc.boolean(),
    upper: fc.boolean(),
    separator: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...separators) },
      { weight: 1, arbitrary: fc.constantFrom(...hesitations) },
    ),
  })
const frames = [
  (number: string) => number,
  (number: string) => `Call me on ${number} please, the price is ₦5,000.`,
  (number: string) => `“Abeg my line na (${number})”, she said; gate 12.`,
  (number: string) => `tel:+${number};ext`,
]

/** Removed means: the last seven digits are in no place of what is left. The finder must have seen them before. */
function expectGone(number: string, text: string): void {
  const tail = number.slice(-7)
  fc.pre(digitsLeft(text).includes(tail))
  const { text: left, count } = redactDigits(text)
  expect(digitsLeft(left)).not.toContain(tail)
  expect(count).toBeGreaterThan(0)
  expect(redactDigits(left)).toEqual({ text: left, count: 0 })
}

describe('numbers leave a text', () => {
  test.each([
    ['in digits of any script and spacing', fc.constant(false)],
    ['in English words', fc.constant(true)],
    ['in words and digits mixed', fc.boolean()],
  ])('however they are written: %s', (_, spoken) => {
    fc.assert(
      fc.property(
        e164,
        fc.array(stepOf(spoken), { minLength: 1, maxLength: 14 }),
        fc.constantFrom(...frames),
        (number, steps, frame) => {
          expectGone(number, frame(render(number, steps)))
        },
      ),
      { numRuns: 3_000 },
    )
  })

  test('the naive finder does see the numbers it is asked about', () => {
    let seen = 0
    fc.assert(
      fc.property(e164, fc.array(stepOf(fc.boolean()), { minLength: 1, maxLength: 14 }), (number, steps) => {
        if (digitsLeft(render(number, steps)).includes(number.slice(-7))) seen += 1
      }),
      { numRuns: 500 },
    )
    expect(seen).toBeGreaterThan(400)
  })

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

  test('a transcript cut anywhere gives no tail away', () => {
    fc.assert(
      fc.property(e164, fc.array(fc.nat(12), { maxLength: 6 }), (number, cuts) => {
        const at = [0, ...cuts.filter((cut) => cut < number.length).toSorted((a, b) => a - b), number.length]
        const pieces = at.slice(1).map((end, index) => number.slice(at[index], end))
        expect(digitsLeft(redactAcross(pieces).pieces.join(' '))).not.toContain(number.slice(-7))
      }),
    )
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

describe('100 kB of hostile text takes less than 200 ms', () => {
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
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
