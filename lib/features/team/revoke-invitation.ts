import { and, eq, isNull } from 'drizzle-orm'

import { invitation } from '#drizzle/schema/invitation'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { OneInvitation } from './shapes.ts'

/** The link stops working at once. */
export const revokeInvitation = command({
  name: 'invitations.revoke',
  allow: 'team.manage',
  limit: perActor(120, 'hour'),
  audit: 'invitation.revoked',
  input: OneInvitation,
  output: OneInvitation,
  async run({ input, tx, organisation: org, now }) {
    const [gone] = await tx
      .update(invitation)
      .set({ revokedAt: now })
      .where(
        and(
          eq(invitation.org, org),
          eq(invitation.id, input.id),
          isNull(invitation.acceptedAt),
          isNull(invitation.revokedAt),
        ),
      )
      .returning({ id: invitation.id })
    if (!gone) throw notFound()
    return recorded({ id: gone.id }, { target: gone.id })
  },
})
