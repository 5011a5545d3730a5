import { and, eq, isNull, notInArray } from 'drizzle-orm'

import { invitation } from '#drizzle/schema/invitation'

import type { Membership } from '../../kernel/actor.ts'
import type { OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { invitableRoles } from './ceiling.ts'

/**
 * Revokes the open invitations of somebody whose access changes that they could not make any more: a link lives no longer
 * than its author's right to give it. Answers which, because each needs its entry.
 */
export async function withdrawInvitations(
  tx: Tx,
  org: OrganisationId,
  author: Membership,
  now: Date,
): Promise<string[]> {
  const rows = await tx
    .update(invitation)
    .set({ revokedAt: now })
    .where(
      and(
        eq(invitation.org, org),
        eq(invitation.invitedBy, author.id),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        notInArray(invitation.role, invitableRoles(author)),
      ),
    )
    .returning({ id: invitation.id })
  return rows.map(({ id }) => id)
}
