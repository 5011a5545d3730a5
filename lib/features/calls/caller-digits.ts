import { asciiDigits } from '../../kernel/digits.ts'
import { callingCodeOf, isValidNumber, normalise } from '../../kernel/phone-number.ts'
import { NUMBER_REMOVED, redactDigits } from '../../kernel/redaction.ts'
import type { Vault } from '../../vault/open-vault.ts'

/** Whether digits, joined, hold those of one caller. */
export type AreTheirs = (digits: string) => boolean

/** What is enough to dial somebody from the same town. */
const TAIL = 7
const LONGEST = 15

export const nobodys: AreTheirs = () => false

/** Of a caller whose digits are at hand. */
export function byTail(e164: string): AreTheirs {
  const tail = e164.replace(/\D/g, '').slice(-TAIL)
  return (digits) => digits.includes(tail)
}

/** As often may what is looked through end as the caller does; more is no chance, and taken for theirs unread. */
const mostEnds = 40

/**
 * Of a caller of whom only the token is stored: any digits that end as theirs do are tried, as spelt at home and from abroad.
 * One text in a thousand has any.
 */
export function byToken(
  vault: Pick<Vault, 'callerToken'>,
  {
    callerToken,
    callerLast3,
    callerCountry,
  }: Record<'callerLast3' | 'callerCountry', string | null> & {
    callerToken: Uint8Array | null
  },
): AreTheirs {
  if (!callerToken || callerLast3 === null) return nobodys
  const theirs = Buffer.from(callerToken).toString('base64url')
  const code = callingCodeOf(callerCountry)
  const areTheirs = (e164: string): boolean =>
    /^\+[1-9]\d{6,14}$/.test(e164) && vault.callerToken(e164).token === theirs
  return (digits) => {
    const ends = [...digits.matchAll(new RegExp(`(?<=${callerLast3})`, 'g'))].map(({ index }) => index)
    if (ends.length > mostEnds) return true
    return ends.some((end) => {
      for (let from = Math.max(0, end - LONGEST); from <= end - TAIL; from += 1) {
        const part = digits.slice(from, end)
        if (areTheirs(`+${part}`) || (code !== null && areTheirs(`+${code}${part}`))) return true
      }
      return false
    })
  }
}

/** A name without the caller's digits. An outside id keeps its own digits, unless there is no telling them apart. */
export function nameless(text: string, areTheirs: AreTheirs): string {
  if (!holdsCaller(text, areTheirs)) return text
  const clean = redactDigits(text).text
  return holdsCaller(clean, areTheirs) ? NUMBER_REMOVED : clean
}

/** Whether a name or address carries the caller's own digits, however they are spaced or spelt, or is a phone number itself. */
export function holdsCaller(text: string, areTheirs: AreTheirs): boolean {
  const readings = [text, percentDecoded(text)].map((one) => asciiDigits(one.normalize('NFKC')))
  return readings.some((reading) => {
    const digits = reading.replace(/\D/g, '')
    if (areTheirs(digits)) return true
    if (digits.length >= TAIL && /^[+\d\s().-]+$/.test(reading)) return true
    // Ids have digits, but no number words; and what has spaces is no id.
    return redactDigits(/\s/.test(reading) ? reading : reading.replace(/\d/g, 'x')).count > 0
  })
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** More parts than an address has that is not made to be slow to read. */
const mostParts = 60

/**
 * Whether an address carries anything that a numbering plan knows: an event may not say who the caller is. Digits are read
 * joined, and since a date or a count may stand before or after them, each unbroken row of their parts by itself too.
 */
export function holdsNumber(text: string, country: string): boolean {
  const rows = asciiDigits(percentDecoded(text)).match(/\+?\d+(?:[\s().\-_/]+\d+)*/g) ?? []
  return rows.some((row) => isPossible(row.replace(/[^+\d]/g, ''), country) || holdsValid(row, country))
}

function isPossible(joined: string, country: string): boolean {
  const run = /^\+?\d{7,15}/.exec(joined)?.[0]
  const read = run === undefined ? undefined : normalise(run, country)
  return read?.kind === 'number' && read.country !== null
}

function holdsValid(row: string, country: string): boolean {
  const parts = row.match(/\d+/g) ?? []
  if (parts.length > mostParts) return true
  return parts.some((_, first) => {
    let joined = ''
    for (const part of parts.slice(first)) {
      joined += part
      if (joined.length > LONGEST) return false
      // Anything shorter is as likely a date.
      if (joined.length > 8 && isValidNumber(joined, country)) return true
    }
    return false
  })
}

/** A name from an event that does not say who the caller is: any whole number of a plan in it may be theirs. */
export function withoutWholeNumbers(text: string, country: string): string {
  return text.replace(/(?<![A-Za-z0-9])\+?\d{10,15}(?![A-Za-z0-9])/g, (run) =>
    isPossible(run, country) ? NUMBER_REMOVED : run,
  )
}
