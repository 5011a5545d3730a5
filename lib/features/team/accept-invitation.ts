import { and, eq, isNull, sql } from 'drizzle-orm'

import { invitation } from '#drizzle/schema/invitation'

import { perAddress } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { checkPassword, hashPassword } from '../identity/index.ts'
import { insertMember } from './insert-member.ts'
import { AcceptedInvitation, AcceptInvitation } from './shapes.ts'

/**
 * Makes the invited person a member. Who is known here already proves it with their password; who is new chooses one.
 * Run by the invitation's door, which found the invitation by its link.
 */
export const acceptInvitation = command({
  name: 'invitations.accept',
  allow: 'platform.manage',
  limit: perAddress(10, 15 * 60, true),
  audit: 'invitation.accepted',
  input: AcceptInvitation,
  output: AcceptedInvitation,
  async before({ input: { email, name, password }, circumstance }) {
    const known = await checkPassword({ email, password, mayBeNew: true }, circumstance)
    if (known === 'wrong')
      throw new AppError('auth_required', 'There is an account with this e-mail already: its password is another one.')
    if (known !== 'unknown') return known
    if (name === undefined)
      throw new AppError('invalid_input', 'Some fields need another look.', { fields: { name: 'say your name' } })
    return { email, name, passwordHash: await hashPassword(password) }
  },
  async run({ input, tx, organisation: org, now, prepared: who }) {
    const [taken] = await tx
      .update(invitation)
      .set({ acceptedAt: now })
      .where(
        and(
          eq(invitation.org, org),
          eq(invitation.id, input.id),
          isNull(invitation.acceptedAt),
          isNull(invitation.revokedAt),
          sql`${invitation.expiresAt} > now()`,
        ),
      )
      .returning({ role: invitation.role })
    if (!taken) throw new AppError('conflict', 'This invitation was used or withdrawn meanwhile.')
    // The member takes the invitation's id, so that one entry names both rows.
    const { id } = input
    const personId = await insertMember(tx, { org, id, role: taken.role, who })
    return recorded(
      { member_id: id, is_new_person: !('personId' in who) },
      { target: id, facts: { role: taken.role, person: personId }, details: { email: input.email } },
    )
  },
})
