import { and, eq } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { notFound } from '../../kernel/app-error.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'

/** @throws AppError not_found; the row is locked until the change is done */
export async function loadProvider(tx: Tx, org: OrganisationId, id: string): Promise<typeof provider.$inferSelect> {
  const [row] = await tx
    .select()
    .from(provider)
    .where(and(eq(provider.org, org), eq(provider.id, id)))
    .for('update')
  if (!row) throw notFound()
  return row
}
