import 'server-only'

/** A counter's answer. `refund` gives the place back: an attempt that turned out honest does not count. */
export interface Taken {
  isAllowed: boolean
  retryAfterSeconds: number
  refund(): void
}

interface Counter {
  count: number
  endsAt: number
  isLocked: boolean
}

const cap = 100_000
const shared = globalThis as typeof globalThis & { orinodeCounters?: Map<string, Counter> }

/**
 * Fixed windows in this process's memory. At the cap, open counters make room before locked ones ever do,
 * so a flood of new keys cannot unlock anybody.
 */
export function take(key: string, max: number, windowSeconds: number, now = Date.now()): Taken {
  const counters = (shared.orinodeCounters ??= new Map())
  let counter = counters.get(key)
  if (!counter || counter.endsAt <= now) {
    if (!counter && counters.size >= cap && !makeRoom(counters, now)) {
      return { isAllowed: false, retryAfterSeconds: windowSeconds, refund: () => {} }
    }
    counter = { count: 0, endsAt: now + windowSeconds * 1000, isLocked: false }
    counters.set(key, counter)
  }
  if (counter.count >= max) {
    counter.isLocked = true
    return {
      isAllowed: false,
      retryAfterSeconds: Math.max(1, Math.ceil((counter.endsAt - now) / 1000)),
      refund: () => {},
    }
  }
  counter.count += 1
  const mine = counter
  let isRefunded = false
  return {
    isAllowed: true,
    retryAfterSeconds: 0,
    refund: () => {
      if (isRefunded) return
      isRefunded = true
      mine.count -= 1
    },
  }
}

/** Whether nothing is left of a window, without taking from it. */
export function isSpent(key: string, max: number, now = Date.now()): boolean {
  const counter = shared.orinodeCounters?.get(key)
  return counter !== undefined && counter.endsAt > now && counter.count >= max
}

function makeRoom(counters: Map<string, Counter>, now: number): boolean {
  let isRoomMade = false
  let looked = 0
  for (const [key, counter] of counters) {
    if (counter.endsAt <= now || !counter.isLocked) {
      counters.delete(key)
      isRoomMade = true
    }
    if (++looked >= 1_000 && isRoomMade) break
  }
  return isRoomMade
}

/**
 * The unit an address is counted by: an IPv4 address, however it is dressed as IPv6, or an IPv6 /64, since one household
 * owns a whole /64.
 */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [groupsOf(head), groupsOf(tail)]
  const groups = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0), ...right]
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  if (isMapped)
    return groups
      .slice(6, 8)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function groupsOf(part: string): number[] {
  return part
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      if (!group.includes('.')) return [Number.parseInt(group, 16)]
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
      return [a * 256 + b, c * 256 + d]
    })
}
