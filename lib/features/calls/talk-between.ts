const mostMs = 2 ** 31 - 1

/** Between two moments in milliseconds, as far as the column holds: 24 days, which only a wrong clock exceeds. */
export function talkBetween(from: number, to: number): number {
  return Math.min(Math.max(0, to - from), mostMs)
}
