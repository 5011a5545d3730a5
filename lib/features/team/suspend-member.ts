import { and, eq } from 'drizzle-orm'

import { member } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { requireCeiling } from './ceiling.ts'
import { asPerson, loadMember, requireAnotherOwner } from './load-member.ts'
import { ChangedMember, OneMember } from './shapes.ts'
import { withdrawInvitations } from './withdraw-invitations.ts'

/** Out at once, everywhere in this organisation, and whom they had invited with them; what they did stays theirs. */
export const suspendMember = command({
  name: 'members.suspend',
  allow: 'team.manage',
  limit: perActor(120, 'hour'),
  audit: 'member.suspended',
  input: OneMember,
  output: ChangedMember,
  async run({ input, actor, tx, organisation: org, now }) {
    const { personId, membership } = await loadMember(tx, org, input.id, actor)
    requireCeiling(asPerson(actor), membership, membership)
    if (membership.role === 'owner') await requireAnotherOwner(tx, org, input.id)
    await tx
      .update(member)
      .set({ suspendedAt: now })
      .where(and(eq(member.org, org), eq(member.id, input.id)))
    const withdrawn = await withdrawInvitations(tx, org, { ...membership, isSuspended: true }, now)
    return recorded(
      { id: input.id },
      {
        target: input.id,
        targets: [input.id, ...withdrawn],
        facts: { person: personId, invitations_withdrawn: withdrawn.length },
        access: [input.id, personId],
      },
    )
  },
})
