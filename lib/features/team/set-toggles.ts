import { and, eq, inArray } from 'drizzle-orm'

import { memberToggle } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import type { Effect } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import type { AreaPermission } from '../../kernel/permission.ts'
import { requireCeiling } from './ceiling.ts'
import { asPerson, loadMember } from './load-member.ts'
import { ChangedMember, SetToggles } from './shapes.ts'
import { withdrawInvitations } from './withdraw-invitations.ts'

/** A member's own settings for the six areas: each allow, deny or inherit. In force at their next request. */
export const setToggles = command({
  name: 'members.set-toggles',
  allow: 'team.manage',
  limit: perActor(240, 'hour'),
  audit: 'member.toggles-set',
  input: SetToggles,
  output: ChangedMember,
  async run({ input, actor, tx, organisation: org, now }) {
    const { personId, membership } = await loadMember(tx, org, input.id, actor)
    if (membership.role === 'owner')
      throw new AppError('conflict', 'An owner may do everything: no setting can lock one out.')
    const toggles: Partial<Record<AreaPermission, Effect>> = { ...membership.toggles }
    const facts: Record<string, string | number> = { person: personId }
    for (const { permission, effect } of input.toggles) {
      facts[permission] = `${toggles[permission] ?? 'inherit'} to ${effect}`
      delete toggles[permission]
      if (effect !== 'inherit') toggles[permission] = effect
    }
    const after = { ...membership, toggles }
    requireCeiling(asPerson(actor), membership, after)
    const named = input.toggles.map(({ permission }) => permission)
    await tx
      .delete(memberToggle)
      .where(
        and(eq(memberToggle.org, org), eq(memberToggle.memberId, input.id), inArray(memberToggle.permission, named)),
      )
    const kept = input.toggles.flatMap(({ permission, effect }) =>
      effect === 'inherit' ? [] : [{ org, memberId: input.id, permission, effect }],
    )
    if (kept.length > 0) await tx.insert(memberToggle).values(kept)
    const withdrawn = await withdrawInvitations(tx, org, after, now)
    return recorded(
      { id: input.id },
      {
        target: input.id,
        targets: [input.id, ...withdrawn],
        facts: { ...facts, invitations_withdrawn: withdrawn.length },
        access: [input.id, personId],
      },
    )
  },
})
