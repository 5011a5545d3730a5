import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { redactAcross, redactDigits } from './redaction.ts'

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

describe('no seven digits in a row are left of a number', () => {
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

  test('a transcript cut anywhere gives no tail away', () => {
    fc.assert(
      fc.property(e164, fc.array(fc.nat(12), { maxLength: 6 }), (number, cuts) => {
        const at = [0, ...cuts.filter((cut) => cut < number.length).toSorted((a, b) => a - b), number.length]
        const pieces = at.slice(1).map((end, index) => number.slice(at[index], end))
        expect(digitsLeft(redactAcross(pieces).pieces.join(' '))).not.toContain(number.slice(-7))
      }),
    )
  })
})
