import { NUMBER_REMOVED } from './number-removed.ts'
import { findNumbers, type Span } from './number-spans.ts'

export { NUMBER_REMOVED } from './number-removed.ts'

/**
 * Take every number of seven digits or more out of a text.
 *
 * Digits of any script count, whatever spacing, punctuation or invisible character lies between them, and so do number words
 * ("oh eight double three"), alone or mixed with digits, with hesitations between. Safety wins: an ISO date, a range of
 * clock times, an amount written out to seven digits, or an id with seven digits in a row is removed too. What stays: anything
 * below seven digits ("₦5,000"), prices kept apart by a currency sign or a word, and amounts said with "thousand" or "million".
 */
export function redactDigits(text: string): { text: string; count: number } {
  const found = findNumbers(text)
  return { text: replaceSpans(text, found), count: found.length }
}

/**
 * The same over pieces that belong together, such as the turns of a conversation or the words of a turn: a number read out
 * over several of them is removed from each, and pieces that only say "okay" in between are left alone.
 */
export function redactAcross(pieces: readonly string[]): { pieces: string[]; count: number } {
  const found = findNumbers(pieces.join('\n'))
  const spans: Span[][] = pieces.map(() => [])
  let piece = 0
  let offset = 0
  for (const number of found) {
    for (const part of number.parts) {
      while (part.start > offset + (pieces[piece]?.length ?? 0)) {
        offset += (pieces[piece]?.length ?? 0) + 1
        piece += 1
      }
      const local = { start: part.start - offset, end: part.end - offset }
      const last = spans[piece]?.at(-1)
      const sameNumber = last !== undefined && last.start + offset >= number.start
      if (sameNumber) last.end = local.end
      else spans[piece]?.push(local)
    }
  }
  return { pieces: pieces.map((text, at) => replaceSpans(text, spans[at] ?? [])), count: found.length }
}

/** What may be kept of keys pressed on a phone: how many. */
export function redactDtmf(keys: string): number {
  return keys.replace(/[^0-9*#A-D]/gi, '').length
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let out = ''
  let from = 0
  for (const { start, end } of spans) {
    out += text.slice(from, start).replace(/[+(]{1,2}$/, '') + NUMBER_REMOVED
    from = end
  }
  return out + text.slice(from)
}

export const holdsNoNumber = (text: string): boolean => redactDigits(text).count === 0
