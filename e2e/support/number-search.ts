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
export const spelled = (digits: string): string => [...digits].map((digit) => englishDigits[Number(digit)]).join(' ')

const inScript = (digits: string, zero: number): string => [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
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
    [...national].join(' '),
    [...national].join(' - '),
    [...national].join('\u200b'),
    `${a}\u00a0${b}\u202f${c}`,
    `${a}/${b}/${c}`,
    ...Object.values(zeros).map((zero) => inScript(`0${national}`, zero)),
    inScript(`${a} ${b} ${c}`.replaceAll(' ', ''), zeros.arabic),
    `oh ${spelled(national)}`,
    `zero ${spelled(a)}, ${spelled(b)}, ${spelled(c)}`,
    spelled(tail).replaceAll(' ', '-'),
    `${[...a].map((digit) => englishDigits[Number(digit)]).join(' ')} ${b} ${c}`,
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
/** Ids and moments of ours: seven digits of theirs equal a caller's by chance before long. */
const idsAndMoments = /\b[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00)?/gi

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
    } else if (!unbroken.endsWith('|') && letterOrMark.test(char)) unbroken += '|'
  }
  return { all, unbroken }
}

/** Numbers of which a text holds all national digits in any spacing, or the last seven in any spacing but letters. */
export function numbersIn(text: string, numbers: readonly PlantedNumber[]): PlantedNumber[] {
  // A text can hold them once more behind JSON escapes, entities or percent signs.
  const { all, unbroken } = digitsIn(text)
  const decoded = digitsIn(unescaped(text))
  return numbers.filter(({ national, tail }) =>
    [all, decoded.all].some((digits) => digits.includes(national)) || [unbroken, decoded.unbroken].some((digits) => digits.includes(tail)),
  )
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16))))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => String.fromCodePoint(Math.min(0x10ffff, Number(digits))))
    .replace(/%3([0-9])/g, '$1')
}

const space = new Set([...' \t\r\n-._()/,+'].map((char) => char.charCodeAt(0)))
const longestGap = 3

/** The same in bytes of any kind, text or not: written plainly in any spacing, in another script, or as UTF-16. */
export function numbersInBytes(bytes: Buffer, numbers: readonly PlantedNumber[]): PlantedNumber[] {
  const runs = digitRuns(bytes)
  return numbers.filter((number) => runs.some((run) => run.includes(number.tail)) || needles(number).some((needle) => bytes.includes(needle)))
}

function digitRuns(bytes: Buffer): string[] {
  const runs: string[] = []
  let run: number[] = []
  let gap = 0
  for (const byte of bytes) {
    if (byte >= 48 && byte <= 57) {
      run.push(byte)
      gap = 0
    } else if (run.length > 0) {
      gap += 1
      if (gap <= longestGap && space.has(byte)) continue
      if (run.length >= 7) runs.push(Buffer.from(run).toString('latin1'))
      run = []
    }
  }
  if (run.length >= 7) runs.push(Buffer.from(run).toString('latin1'))
  return runs
}

function needles({ tail }: PlantedNumber): Buffer[] {
  return [
    ...Object.values(zeros).map((zero) => Buffer.from(inScript(tail, zero))),
    Buffer.from(tail, 'utf16le'),
    Buffer.from(spelled(tail)),
    Buffer.from([...tail].join('\u200b')),
    Buffer.from(Buffer.from(tail).toString('hex')),
  ]
}
