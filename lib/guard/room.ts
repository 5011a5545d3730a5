import 'server-only'

import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import type { Permission } from '../kernel/permission.ts'
import { type PlanLimited, planMost } from '../kernel/plan.ts'
import { send, type Tx } from '../platform/db/transaction.ts'
import { resolve } from './resolve.ts'

const managedBy: Record<PlanLimited, Permission> = {
  members: 'team.manage',
  providers: 'config.manage',
  'api-keys': 'api-keys.manage',
}

/** Until commit nobody else adds one of these: whoever counts after it is the only one who counts, so that two at once cannot both be the last. */
export async function addInTurn(tx: Tx, organisation: OrganisationId, what: string): Promise<void> {
  await send(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`one more of ${what} in ${organisation}`])
}

/**
 * Lets one more of what the plan counts pass, in turn, or says that it is full. Machines and our own processes are not counted for.
 * @throws AppError plan_limit
 */
export async function requireRoom(
  tx: Tx,
  actor: Actor,
  what: PlanLimited,
  count: () => PromiseLike<number>,
): Promise<void> {
  if (actor.kind !== 'person' || !actor.organisation || !actor.membership) return
  const { id, plan } = actor.organisation
  await addInTurn(tx, id, what)
  const oneMore = { plan, what, already: await count() }
  if (resolve(actor.membership, managedBy[what], { oneMore }).guardrail !== 'plan_limit') return
  throw new AppError(
    'plan_limit',
    `Your plan holds ${planMost(plan, what) ?? 'no more'} of these. Whoever runs this installation can raise it.`,
    {
      why: `${plan} is full of ${what}`,
    },
  )
}
