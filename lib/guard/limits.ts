import { addressKey, take, type Taken } from '../platform/limiter.ts'
import type { Actor, Circumstance } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'

const seconds = { second: 1, minute: 60, hour: 3_600 } as const

/** How often a use case may be asked for, and by whom it is counted. */
export interface Limit {
  readonly by: 'actor' | 'address'
  readonly max: number
  readonly windowSeconds: number
  /** An attempt that succeeds gives its place back, so honest people behind one address are not locked out. */
  readonly refundsSuccess: boolean
}

export function perActor(max: number, per: keyof typeof seconds): Limit {
  return { by: 'actor', max, windowSeconds: seconds[per], refundsSuccess: false }
}

export function perAddress(max: number, windowSeconds: number, refundsSuccess = false): Limit {
  return { by: 'address', max, windowSeconds, refundsSuccess }
}

export function takePlace(limit: Limit, useCase: string, actor: Actor, circumstance: Circumstance): Taken {
  // One of our own processes is counted in each organisation it works for.
  const self = actor.kind === 'system' ? actor.organisation.id : actor.id
  const who = limit.by === 'address' || self === null ? addressKey(circumstance.address) : `${actor.kind}:${self}`
  return take(`${useCase}|${who}`, limit.max, limit.windowSeconds)
}

/**
 * A place in a counter of its own, for what several use cases share or what comes before any of them.
 * @throws AppError rate_limited
 */
export function takeByAddress(counter: string, max: number, windowSeconds: number, { address }: Circumstance): Taken {
  const place = take(`${counter}|${addressKey(address)}`, max, windowSeconds)
  if (place.isAllowed) return place
  throw new AppError('rate_limited', 'Too many tries. Wait a little, then try again.', {
    retryAfterSeconds: place.retryAfterSeconds,
  })
}
