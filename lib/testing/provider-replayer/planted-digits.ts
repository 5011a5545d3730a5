import { scripts } from './scripts.ts'

/** Numbers that are only read out in the day's talk, by their last seven digits. */
const readOut = ['5550199', '5550135']

/** The last seven digits of everyone outside: who called, who was called, and who was read out or passed on to. */
export const plantedTails: readonly string[] = [
  ...new Set([
    ...scripts
      .flatMap(({ caller, transferredTo }) => [caller, transferredTo])
      .flatMap((number) => {
        const digits = (number ?? '').replaceAll(/\D/g, '')
        return digits.length >= 7 ? [digits.slice(-7)] : []
      }),
    ...readOut,
  ]),
]

const word =
  'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|sifili|daya|biyu|uku|hudu|biyar|shida|bakwai|takwas|tara'
/** Digits with at most one other character between them; four number words and more in a row; digits of another script. */
const findable = new RegExp(
  [
    ...plantedTails.map((tail) => Array.from(tail).join(String.raw`(?:\D|\\n)?`)),
    `(?:${word})(?:[\\s,-]+(?:um|then|${word})){3}`,
    '[०-९]{3}',
  ].join('|'),
  'i',
)

/** Whether a text holds a number of somebody outside, in digits or in words. */
export const holdsPlanted = (text: string): boolean => findable.test(text)
