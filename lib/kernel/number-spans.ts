import { digitCount } from './digits.ts'
import { numberWord, type NumberWord } from './number-words.ts'

/** Half-open [start, end) in UTF-16 units. */
export interface Span {
  start: number
  end: number
}

/** One number worth removing: where it is, and each digit group or number word inside it. */
export interface FoundNumber extends Span {
  parts: Span[]
}

interface Token extends Span {
  kind: NumberWord['kind'] | 'break'
  weight: number
}

/** Fewer digits than this do not reach a person. */
const TOO_MANY_DIGITS = 7
/** "…three, um, and then, four": more words than this and the speaker has moved on. */
const MOST_FILLERS = 4

// Whatever this skips is spacing or punctuation, and never ends a number. A currency sign starts a price, so it does.
const TOKEN = /[\p{L}--\p{DI}][\p{L}\p{M}\p{Cf}]*|\p{N}+|\p{Sc}/gv
const BETWEEN_INVISIBLE = /[^\p{Cf}\p{DI}]+/gv

function digitsIn(text: string): number {
  if (/^[0-9]+$/.test(text)) return text.length
  let count = 0
  for (const char of text) count += digitCount(char)
  return count
}

function tokensAt(text: string, start: number): Token[] {
  const span = { start, end: start + text.length }
  if (/^\p{N}/u.test(text)) return [{ ...span, kind: 'digits', weight: digitsIn(text) }]
  const word = numberWord(text)
  if (word) return [{ ...span, ...word }]
  const visible = Array.from(text.matchAll(BETWEEN_INVISIBLE))
  if (visible.length > 1) return visible.flatMap((match) => tokensAt(match[0], start + match.index))
  return [{ ...span, kind: 'break', weight: 0 }]
}

const canFollowDouble = new Set<Token['kind'] | undefined>(['digits', 'unit', 'filler'])
const isSpokenDigit = (token: Token | undefined): boolean => token?.kind === 'unit'

/** A word that only counts in company: "double" before a digit, "for" between two spoken ones. */
function endsNumber(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind === 'break') return true
  if (token?.kind === 'homophone') return !isSpokenDigit(tokens[at - 1]) || !isSpokenDigit(tokens[at + 1])
  return token?.kind === 'multiplier' && !canFollowDouble.has(tokens[at + 1]?.kind)
}

/** Digits spoken by "two hundred and fifty" at `at`, as one amount below a thousand. */
function amountAt(run: readonly Token[], at: number): { next: number; weight: number } {
  const kind = (ahead: number) => run[at + ahead]?.kind
  const upToNinetyNine = (ahead: number): number => {
    if (kind(ahead) === 'tens') return kind(ahead + 1) === 'unit' ? 2 : 1
    return kind(ahead) === 'teen' || kind(ahead) === 'unit' ? 1 : 0
  }
  const hundredAhead = kind(0) === 'hundred' ? 0 : kind(0) === 'unit' && kind(1) === 'hundred' ? 1 : -1
  if (hundredAhead >= 0) return { next: at + hundredAhead + 1 + upToNinetyNine(hundredAhead + 1), weight: 3 }
  return { next: at + upToNinetyNine(0), weight: kind(0) === 'unit' ? 1 : 2 }
}

/**
 * An amount said with "thousand" or above weighs what was spoken of it ("two hundred and fifty thousand" is 250, three digits),
 * because that is how people say prices and nobody reads a phone number so.
 */
function scaledAmountAt(run: readonly Token[], at: number): { next: number; weight: number } | null {
  let { next, weight } = amountAt(run, at)
  if (next === at || run[next]?.kind !== 'scale') return null
  while (run[next]?.kind === 'scale') {
    const more = amountAt(run, next + 1)
    if (more.next === next + 1) return { next: next + 1, weight }
    weight += more.weight
    next = more.next
  }
  return { next, weight }
}

function weightOf(run: readonly Token[]): number {
  let total = 0
  for (let at = 0; at < run.length && total < TOO_MANY_DIGITS;) {
    const amount = scaledAmountAt(run, at)
    total += amount?.weight ?? run[at]?.weight ?? 0
    at = amount?.next ?? at + 1
  }
  return total
}

/**
 * False when all the digits and number words of a text together are too few for one number, whatever stands between them:
 * then there is none in any part of it either. One look instead of several for the many texts that hold none.
 */
export function mayHoldNumber(text: string): boolean {
  let most = 0
  let units = 0
  let homophones = 0
  for (const { kind, weight } of tokensOf(text)) {
    if (kind === 'homophone') homophones += 1
    // "hundred" alone before "thousand" counts as the three digits of "one hundred".
    else most += kind === 'hundred' ? weight + 1 : weight
    if (kind === 'unit') units += 1
    // Each homophone that counts stands between two units.
    if (most + Math.min(homophones, Math.max(0, units - 1)) >= TOO_MANY_DIGITS) return true
  }
  return false
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN)).flatMap((match) => tokensAt(match[0], match.index))
}

/** Every number of seven digits or more: see `redactDigits` for what counts. Linear in the text. */
export function findNumbers(text: string): FoundNumber[] {
  const tokens = tokensOf(text)
  const found: FoundNumber[] = []
  let run: Token[] = []
  let fillers = 0
  const close = (): void => {
    const first = run[0]
    const last = run.at(-1)
    if (first && last && weightOf(run) >= TOO_MANY_DIGITS) found.push({ start: first.start, end: last.end, parts: run })
    run = []
    fillers = 0
  }
  for (const [at, token] of tokens.entries()) {
    if (endsNumber(tokens, at)) close()
    else if (token.kind !== 'filler') {
      run.push(token)
      fillers = 0
    } else if (++fillers > MOST_FILLERS) close()
  }
  close()
  return found
}
