import type { ProviderKind } from '../../kernel/provider-kind.ts'
import type { DayOptions, ProviderDelivery } from './delivery.ts'
import type { HookTarget } from './hook-target.ts'
import { replayKinds } from './kinds.ts'

/** One delivery, and where it goes. */
export interface Play {
  kind: ProviderKind
  hook: HookTarget
  delivery: ProviderDelivery
}

/** The same day as each of these providers tells it, all of them at once. */
export function playsOf(targets: readonly { kind: ProviderKind; hook: HookTarget }[], options: DayOptions): Play[] {
  return targets
    .flatMap(({ kind, hook }) => replayKinds[kind].day(options).map((delivery) => ({ kind, hook, delivery })))
    .toSorted((a, b) => a.delivery.at.getTime() - b.delivery.at.getTime())
}

export function summaryOf(plays: readonly Play[]): string {
  const calls = new Set(plays.map(({ delivery }) => delivery.callId)).size
  const organisations = [...new Set(plays.map(({ hook }) => hook.organisation))].join(', ')
  const kinds = [...new Set(plays.map(({ kind }) => kind))].join(', ')
  return `${calls} calls, ${plays.length} events of ${kinds} for ${organisations}`
}
