import { and, eq, isNull } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { requireRoom } from '../../guard/room.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'

/**
 * Lets one more hook be open.
 * @throws AppError plan_limit
 */
export async function requireProviderRoom(tx: Tx, org: OrganisationId, actor: Actor): Promise<void> {
  const isOpen = and(eq(provider.org, org), isNull(provider.disabledAt))
  await requireRoom(tx, actor, 'providers', () => tx.$count(provider, isOpen))
}
