import { randomInt } from 'node:crypto'

/** A caller nobody else has. `national` is how it is dialled at home without the 0, `tail` what must not be found. */
export interface PlantedNumber {
  e164: string
  national: string
  tail: string
}

const prefixes = ['803', '806', '813', '816', '903', '706', '810']

/** A Nigerian mobile number with enough different digits to be told from a length of time or an amount. */
export function randomNumber(): PlantedNumber {
  for (;;) {
    const national = `${prefixes[randomInt(prefixes.length)] ?? '803'}${String(randomInt(1_000_000, 9_999_999))}`
    const tail = national.slice(-7)
    if (new Set(tail).size >= 5 && !/^[12]0/.test(tail)) return { e164: `+234${national}`, national, tail }
  }
}

const englishDigits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
export const spelled = (digits: string): string => Array.from(digits, (digit) => englishDigits[Number(digit)]).join(' ')

const inScript = (digits: string, zero: number): string =>
  Array.from(digits, (digit) => String.fromCodePoint(zero + Number(digit))).join('')
const zeros = { arabic: 0x660, persian: 0x6f0, devanagari: 0x966, fullWidth: 0xff10, mathematical: 0x1d7ce }

/** A number as people and machines write it. Each holds at least the last seven digits. */
export function spellings({ e164, national, tail }: PlantedNumber): string[] {
  const [a, b, c] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)]
  return [
    e164,
    `0${national}`,
    `0${a} ${b} ${c}`,
    `+234 (0) ${a}-${b}-${c}`,
    `00234.${a}.${b}.${c}`,
    national.split('').join(' '),
    national.split('').join(' - '),
    national.split('').join('\u200b'),
    `${a}\u00a0${b}\u202f${c}`,
    `${a}/${b}/${c}`,
    ...Object.values(zeros).map((zero) => inScript(`0${national}`, zero)),
    inScript(`${a} ${b} ${c}`.replaceAll(' ', ''), zeros.arabic),
    `oh ${spelled(national)}`,
    `zero ${spelled(a)}, ${spelled(b)}, ${spelled(c)}`,
    spelled(tail).replaceAll(' ', '-'),
    `${spelled(a)} ${b} ${c}`,
  ]
}

/** Independent of the app's own reading of digits: every decimal digit of Unicode, and signs that stand for one. */
function digitOf(char: string): string | null {
  if (char >= '0' && char <= '9') return char
  if (char < '\u0080') return null
  const plain = char.normalize('NFKC')
  if (/^[0-9]$/.test(plain)) return plain
  if (!/^\p{Nd}$/u.test(char)) return null
  let zero = char.codePointAt(0) ?? 0
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String(((char.codePointAt(0) ?? 0) - zero) % 10)
}

const wordsAsDigits = (text: string): string =>
  text.replace(/\b(zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/gi, (word) =>
    String(Math.max(0, englishDigits.indexOf(word.toLowerCase()))),
  )

const letterOrMark = /[\p{L}\p{M}]/u
const isLetter = (char: string): boolean => (char < '\u0080' ? /[a-z]/i.test(char) : letterOrMark.test(char))
const isEscaped = /\\u[0-9a-f]{4}|&#|%3\d/i
/** Ids and moments of ours: seven digits of theirs equal a caller's by chance before long. */
const idsAndMoments =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00)?/gi

/**
 * The digits of a text: all of them in one row, and in rows that no letter interrupts. Signatures are full of short
 * runs of digits, so seven in a row mean something only where no letter stands between.
 */
function digitsIn(text: string): { all: string; unbroken: string } {
  let all = ''
  let unbroken = ''
  for (const char of wordsAsDigits(text.replace(idsAndMoments, '|x|'))) {
    const digit = digitOf(char)
    if (digit !== null) {
      all += digit
      unbroken += digit
    } else if (!unbroken.endsWith('|') && isLetter(char)) unbroken += '|'
  }
  return { all, unbroken }
}

/** Numbers of which a text holds all national digits in any spacing, or the last seven in any spacing but letters. */
export function numbersIn(text: string, numbers: readonly PlantedNumber[]): PlantedNumber[] {
  // A text can hold them once more behind JSON escapes, entities or percent signs.
  const readings = [digitsIn(text), ...(isEscaped.test(text) ? [digitsIn(unescaped(text))] : [])]
  return numbers.filter(({ national, tail }) =>
    readings.some(({ all, unbroken }) => all.includes(national) || unbroken.includes(tail)),
  )
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16))),
    )
    .replace(/&#(\d{1,7});/g, (_, digits: string) => String.fromCodePoint(Math.min(0x10ffff, Number(digits))))
    .replace(/%3([0-9])/g, '$1')
}

const space = new Set(Buffer.from(' \t\r\n\0-._()/,+'))
const longestGap = 3
/** How the digits of some scripts begin in UTF-8, and the last byte of their zero. */
const utf8Digits: readonly (readonly [lead: number, before: number | null, zero: number])[] = [
  [0xd9, null, 0xa0],
  [0xdb, null, 0xb0],
  [0xa5, 0xe0, 0xa6],
  [0xbc, 0xef, 0x90],
  [0x9f, 0x9d, 0x8e],
]
const longestForWords = 8 * 1024 * 1024

/** The same in bytes of any kind, text or not: in any spacing, in another script, as UTF-16 or in words. */
export function numbersInBytes(bytes: Buffer, numbers: readonly PlantedNumber[]): PlantedNumber[] {
  const runs = digitRuns(bytes)
  const mayBeWords = bytes.length < longestForWords && englishDigits.filter((word) => bytes.includes(word)).length >= 3
  return numbers.filter(({ tail }) => runs.includes(tail) || (mayBeWords && bytes.includes(spelled(tail))))
}

/** Runs of seven digits and more, however encoded, with at most a little between one digit and the next. */
function digitRuns(bytes: Buffer): string {
  const runs: string[] = []
  let run = ''
  let gap = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : byte >= 0x80 ? utf8Digit(bytes, at, byte) : -1
    if (digit >= 0) {
      run += String(digit)
      gap = 0
    } else if (run !== '') {
      gap += 1
      if (gap <= longestGap && (byte >= 0x80 || space.has(byte))) continue
      if (run.length >= 7) runs.push(run)
      run = ''
    }
  }
  if (run.length >= 7) runs.push(run)
  return runs.join('|')
}

function utf8Digit(bytes: Buffer, at: number, byte: number): number {
  for (const [lead, before, zero] of utf8Digits) {
    if (byte < zero || byte > zero + 9 || bytes[at - 1] !== lead) continue
    if (before === null || bytes[at - 2] === before) return byte - zero
  }
  return -1
}
