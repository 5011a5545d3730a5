import type { DayOptions } from './delivery.ts'
import { between, type Random, randomFrom } from './random.ts'
import { type Line, type Script, wasAnswered } from './script.ts'
import { scripts } from './scripts.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY_LENGTH = 12 * 60 * MINUTE

export interface MadeTurn {
  who: Line[0]
  text: string
  /** Seconds from the moment somebody picked up. */
  start: number
  end: number
  words: { word: string; start: number; end: number }[]
}

/** A script with a time, before any provider has told of it. Times in milliseconds since the epoch. */
export interface MadeCall {
  script: Script
  dialledAt: number
  /** Null: nobody picked up. */
  answeredAt: number | null
  endedAt: number
  talkMs: number
  turns: readonly MadeTurn[]
  /** Below 1 people speak faster than they can. */
  pace: number
  random: Random
}

/** A believable day of calls that ended just before `now`, most of them around noon. */
export function madeCalls({ seed, now, live = false }: DayOptions): MadeCall[] {
  const random = randomFrom(seed)
  const pace = live ? 0.25 : 1
  return scripts.map((script, at) => {
    const share = at / scripts.length
    // Steeper at both ends than in the middle: few call early or late.
    const hour = 4 * (share - 0.5) ** 3 + 0.5
    const dialledAt = live
      ? now.getTime() + at * 4_500 + between(random, 0, 3_000)
      : now.getTime() - DAY_LENGTH + Math.floor(hour * (DAY_LENGTH - 40 * MINUTE)) + between(random, 0, 10 * MINUTE)
    return madeCall(script, dialledAt, random, pace)
  })
}

function madeCall(script: Script, dialledAt: number, random: Random, pace: number): MadeCall {
  const turns = turnsOf(script.lines, pace)
  const ringMs = between(random, 2_000, 9_000) * pace
  const base = { script, turns, pace, random, dialledAt: Math.round(dialledAt) }
  if (!wasAnswered(script.end)) {
    return { ...base, answeredAt: null, endedAt: Math.round(dialledAt + 2 * ringMs + 4_000 * pace), talkMs: 0 }
  }
  const answeredAt = Math.round(dialledAt + ringMs)
  const talkMs = Math.round(((turns.at(-1)?.end ?? 0) + 1.5 * pace) * SECOND)
  return { ...base, answeredAt, talkMs, endedAt: answeredAt + talkMs }
}

function turnsOf(lines: readonly Line[], pace: number): MadeTurn[] {
  let second = 0.6
  return lines.map(([who, text]) => {
    const words = text.split(' ').map((word) => {
      const start = second
      second += 0.4 * pace
      return { word: `${word} `, start: rounded(start), end: rounded(second - 0.05 * pace) }
    })
    second += 0.9 * pace
    return { who, text, words, start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 }
  })
}

const rounded = (seconds: number): number => Math.round(seconds * SECOND) / SECOND

/** When a turn of an answered call was over. */
export function momentOf(call: MadeCall, turn: MadeTurn | undefined): number {
  return (call.answeredAt ?? call.dialledAt) + Math.round((turn?.end ?? 0) * SECOND)
}
