import { createHash, randomBytes } from 'node:crypto'

import { and, eq, isNull, sql } from 'drizzle-orm'

import { invitation } from '#drizzle/schema/invitation'
import { member, memberToggle, person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { addInTurn, requireRoom } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { invitableRoles } from './ceiling.ts'
import { asPerson } from './load-member.ts'
import { CreatedInvitation, CreateInvitation } from './shapes.ts'

const lifetimeMs = 7 * 24 * 3_600_000

/**
 * A link that makes one person a member, once, within a week. Only its hash is kept: it is shown this one time. Inviting an
 * address again makes the earlier link void.
 */
export const createInvitation = command({
  name: 'invitations.create',
  allow: 'team.manage',
  limit: perActor(60, 'hour'),
  audit: 'invitation.created',
  input: CreateInvitation,
  output: CreatedInvitation,
  async run({ input, actor, tx, organisation: org, vault, now }) {
    const author = asPerson(actor)
    if (!author.membership) throw new AppError('forbidden', 'Only a member may invite.')
    // Whoever changes the author's access holds this row: either they see this invitation, or this sees what they did.
    const [self] = await tx
      .select({ role: member.role, suspendedAt: member.suspendedAt })
      .from(member)
      .where(and(eq(member.org, org), eq(member.id, author.membership.id)))
      .for('key share')
    if (!self || self.suspendedAt)
      throw new AppError('forbidden', 'Only a member may invite.', { why: 'suspended meanwhile' })
    const toggles = await tx
      .select({ permission: memberToggle.permission, effect: memberToggle.effect })
      .from(memberToggle)
      .where(and(eq(memberToggle.org, org), eq(memberToggle.memberId, author.membership.id)))
    const fresh = {
      ...author.membership,
      role: self.role,
      toggles: Object.fromEntries(toggles.map((row) => [row.permission, row.effect])),
    }
    if (!invitableRoles(fresh).includes(input.role))
      throw new AppError('forbidden', 'You can only give what you hold yourself.', {
        why: `may not invite ${input.role}`,
      })
    // In turn from here: two invitations to one address at once are one, renewed.
    await addInTurn(tx, org, 'members')
    const [there] = await tx
      .select({ id: member.id })
      .from(member)
      .innerJoin(person, eq(person.id, member.personId))
      .where(and(eq(member.org, org), eq(person.email, input.email)))
    if (there) throw new AppError('conflict', 'This person is a member already.')
    const emailHash = vault.blindHash('invitedEmail', input.email.normalize('NFC'))
    const [open] = await tx
      .select({ id: invitation.id, isExpired: sql<boolean>`${invitation.expiresAt} <= now()` })
      .from(invitation)
      .where(and(isOpen(org), eq(invitation.emailHash, emailHash)))
      .for('update')
    const id = open?.id ?? newId<'invitation'>()
    const token = randomBytes(32).toString('base64url')
    const link = {
      role: input.role,
      tokenHash: createHash('sha256').update(token).digest(),
      invitedBy: author.membership.id,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    }
    if (!open || open.isExpired) {
      await requireRoom(tx, author, 'members', async () => {
        // Invitations first: one that is accepted in between is counted twice rather than not at all.
        const invited = await tx.$count(invitation, and(isOpen(org), sql`${invitation.expiresAt} > now()`))
        return invited + (await tx.$count(member, eq(member.org, org)))
      })
    }
    if (open) {
      await tx
        .update(invitation)
        .set(link)
        .where(and(eq(invitation.org, org), eq(invitation.id, id)))
    } else {
      const emailSealed = vault.seal(sealed.invitation.email, id, input.email.normalize('NFC'))
      await tx.insert(invitation).values({ org, id, emailHash, emailSealed, ...link })
    }
    return recorded(
      { id, path: `/invitation/${token}`, expires_at: link.expiresAt.toISOString() },
      { target: id, facts: { role: input.role, renewed: open !== undefined }, details: { email: input.email } },
    )
  },
})

const isOpen = (org: OrganisationId) =>
  and(eq(invitation.org, org), isNull(invitation.acceptedAt), isNull(invitation.revokedAt))
