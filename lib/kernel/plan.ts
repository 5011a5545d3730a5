/** What an organisation pays for; an operator sets it, guardrails read it. */
export const plans = ['starter', 'growth', 'enterprise'] as const
export type Plan = (typeof plans)[number]

export type PlanLimited = 'members' | 'providers' | 'api-keys'

const most: Record<Plan, Record<PlanLimited, number>> = {
  starter: { members: 5, providers: 2, 'api-keys': 4 },
  growth: { members: 25, providers: 10, 'api-keys': 20 },
  enterprise: { members: Infinity, providers: Infinity, 'api-keys': Infinity },
}

/** Whether one more fits beside those there are. */
export function planHasRoom(plan: Plan, what: PlanLimited, already: number): boolean {
  return already < most[plan][what]
}

/** How many a plan holds; null: as many as one likes. */
export function planMost(plan: Plan, what: PlanLimited): number | null {
  const limit = most[plan][what]
  return Number.isFinite(limit) ? limit : null
}
