import 'server-only'

interface Limits {
  inAll: number
  ofOne: number
  patienceMs: number
}

/** Gives the place back; once, however often it is called. */
type Leave = () => void

interface Waiting {
  whose: string
  wake: (leave: Leave) => void
}

/**
 * Places that few may hold at once, and each owner fewer: nobody takes all of them from everybody else. Whoever waits is served in
 * turn; null once that takes too long.
 */
export function places({ inAll, ofOne, patienceMs }: Limits): (whose: string) => Promise<Leave | null> {
  const held = new Map<string, number>()
  const line = new Set<Waiting>()
  let taken = 0

  const isFree = (whose: string): boolean => taken < inAll && (held.get(whose) ?? 0) < ofOne

  function hold(whose: string): Leave {
    taken += 1
    held.set(whose, (held.get(whose) ?? 0) + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      taken -= 1
      const left = (held.get(whose) ?? 1) - 1
      if (left > 0) held.set(whose, left)
      else held.delete(whose)
      // Straight into the hands of whoever waited longest and may, so that nobody comes in between.
      for (const one of line) if (isFree(one.whose)) one.wake(hold(one.whose))
    }
  }

  return async (whose) => {
    if (isFree(whose)) return hold(whose)
    return new Promise((done) => {
      const settle = (leave: Leave | null): void => {
        clearTimeout(timer)
        line.delete(one)
        done(leave)
      }
      const one: Waiting = { whose, wake: settle }
      const timer = setTimeout(() => settle(null), patienceMs)
      line.add(one)
    })
  }
}
