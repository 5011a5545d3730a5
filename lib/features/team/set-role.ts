import { and, eq } from 'drizzle-orm'

import { member } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { requireCeiling } from './ceiling.ts'
import { asPerson, loadMember, requireAnotherOwner } from './load-member.ts'
import { ChangedMember, SetRole } from './shapes.ts'
import { withdrawInvitations } from './withdraw-invitations.ts'

/** Another role for another member: never above one's own, never the last owner's away. */
export const setRole = command({
  name: 'members.set-role',
  allow: 'team.manage',
  limit: perActor(120, 'hour'),
  audit: 'member.role-set',
  input: SetRole,
  output: ChangedMember,
  async run({ input, actor, tx, organisation: org, now }) {
    const { personId, membership } = await loadMember(tx, org, input.id, actor)
    const after = { ...membership, role: input.role }
    requireCeiling(asPerson(actor), membership, after)
    if (membership.role === 'owner' && input.role !== 'owner') await requireAnotherOwner(tx, org, input.id)
    await tx
      .update(member)
      .set({ role: input.role })
      .where(and(eq(member.org, org), eq(member.id, input.id)))
    const withdrawn = await withdrawInvitations(tx, org, after, now)
    return recorded(
      { id: input.id },
      {
        target: input.id,
        targets: [input.id, ...withdrawn],
        facts: {
          person: personId,
          before: membership.role,
          after: input.role,
          invitations_withdrawn: withdrawn.length,
        },
        access: [input.id, personId],
      },
    )
  },
})
