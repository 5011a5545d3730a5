import { and, eq } from 'drizzle-orm'

import { member } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { requireCeiling } from './ceiling.ts'
import { asPerson, loadMember } from './load-member.ts'
import { ChangedMember, OneMember } from './shapes.ts'

/** Back in, with the role and settings they had: so nobody lets in what they could not give. */
export const restoreMember = command({
  name: 'members.restore',
  allow: 'team.manage',
  limit: perActor(120, 'hour'),
  audit: 'member.restored',
  input: OneMember,
  output: ChangedMember,
  async run({ input, actor, tx, organisation: org }) {
    const { personId, membership } = await loadMember(tx, org, input.id, actor)
    requireCeiling(asPerson(actor), null, membership)
    await tx
      .update(member)
      .set({ suspendedAt: null })
      .where(and(eq(member.org, org), eq(member.id, input.id)))
    return recorded({ id: input.id }, { target: input.id, facts: { person: personId }, access: [input.id, personId] })
  },
})
