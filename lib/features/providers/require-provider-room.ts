import { and, eq, isNull, sql } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { requireRoom } from '../../guard/allowed.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'

/**
 * Lets one more hook be open. Whoever opens one waits for whoever is opening another, so that two at once cannot both be the last.
 * @throws AppError plan_limit
 */
export async function requireProviderRoom(tx: Tx, org: OrganisationId, actor: Actor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`provider room ${org}`}, 0))`)
  const open = await tx.$count(provider, and(eq(provider.org, org), isNull(provider.disabledAt)))
  requireRoom(actor, 'config.manage', 'providers', open)
}
