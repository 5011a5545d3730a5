import { addressKey, take, type Taken } from '../platform/limiter.ts'
import type { Actor, Circumstance } from '../kernel/actor.ts'

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
