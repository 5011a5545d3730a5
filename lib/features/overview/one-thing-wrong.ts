import type { Overview } from './shapes.ts'

export interface Signs {
  /** Ended calls of the last 24 hours. */
  ended: number
  failed: number
  unanswered: number
  /** The provider that used to send and no longer does, and for how many whole days. */
  silent: { name: string; days: number } | null
  /** The live key that runs out first, and in how many whole days. */
  expiring: { name: string; days: number } | null
}

/** Fewer calls than this prove nothing. */
const fewest = 10
const failingShare = 0.1
const unansweredShare = 0.3
const expiryDays = 7

/** The worst thing the figures prove, or nothing. In the order in which it loses calls. */
export function oneThingWrong({ ended, failed, unanswered, silent, expiring }: Signs): Overview['wrong'] {
  const percent = (part: number): number => Math.round((part / ended) * 100)
  if (silent) return { kind: 'provider_silent', figure: silent.days, name: silent.name }
  if (ended >= fewest && failed / ended >= failingShare)
    return { kind: 'calls_failing', figure: percent(failed), name: null }
  if (ended >= fewest && unanswered / ended >= unansweredShare)
    return { kind: 'calls_unanswered', figure: percent(unanswered), name: null }
  if (expiring && expiring.days <= expiryDays)
    return { kind: 'key_expiring', figure: expiring.days, name: expiring.name }
  return null
}
