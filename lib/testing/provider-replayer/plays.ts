import { type ProviderKind, providerKinds } from '../../kernel/provider-kind.ts'
import type { DayOptions, ProviderDelivery } from './delivery.ts'
import type { HookTarget } from './hook-target.ts'
import { replayKinds } from './kinds.ts'

/** One delivery, and where it goes. */
export interface Play {
  kind: ProviderKind
  hook: HookTarget
  delivery: ProviderDelivery
}

/** A day of each of these providers, each with callers of its own, all of them at once. */
export function playsOf(targets: readonly { kind: ProviderKind; hook: HookTarget }[], options: DayOptions): Play[] {
  return targets
    .flatMap(({ kind, hook }) => {
      const seed = options.seed + providerKinds.indexOf(kind)
      return replayKinds[kind].day({ ...options, seed }).map((delivery) => ({ kind, hook, delivery }))
    })
    .toSorted((a, b) => a.delivery.at.getTime() - b.delivery.at.getTime())
}

export function summaryOf(plays: readonly Play[]): string {
  const calls = new Set(plays.map(({ delivery }) => delivery.callId)).size
  const organisations = [...new Set(plays.map(({ hook }) => hook.organisation))].join(', ')
  const kinds = [...new Set(plays.map(({ kind }) => kind))].join(', ')
  return `${calls} calls, ${plays.length} events of ${kinds} for ${organisations}`
}
