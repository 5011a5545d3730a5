export const SECOND_MS = 1_000
export const QUARTER_MS = 15_000
const MINUTE_MS = 60_000

/** A clock many look at: runs while somebody does, and tells them all the same time. */
export interface Ticker {
  subscribe: (listener: () => void) => () => void
  read: () => number
}

function tickingEvery(ms: number): Ticker {
  const listeners = new Set<() => void>()
  let current = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    current = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    read: () => (current ||= Date.now()),
    subscribe: (listener) => {
      if (listeners.size === 0) {
        current = Date.now()
        timer = setInterval(tick, ms)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        current = 0
      }
    },
  }
}

export const seconds = tickingEvery(SECOND_MS)
export const quarters = tickingEvery(QUARTER_MS)

/** How often words about a moment change: within a minute of it each second, later seldom enough for a quarter of a minute. */
export function tickEveryMs(at: number, now: number): number {
  return Math.abs(now - at) < MINUTE_MS ? SECOND_MS : QUARTER_MS
}
