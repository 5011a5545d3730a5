import { and, eq, sql } from 'drizzle-orm'

import { member, memberToggle } from '#drizzle/schema/person'

import type { Actor, Membership, PersonActor } from '../../kernel/actor.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { asId, type OrganisationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'

export interface LoadedMember {
  personId: string
  membership: Membership
}

/**
 * The member a change is about, locked until it is done. Every owner's row is locked with it, in one order, so that two
 * owners who demote each other at once wait, and the second sees that it would leave none.
 * @throws AppError not_found; forbidden to somebody who would change their own access
 */
export async function loadMember(tx: Tx, org: OrganisationId, id: string, author: Actor): Promise<LoadedMember> {
  const rows = await tx
    .select({ id: member.id, personId: member.personId, role: member.role, suspendedAt: member.suspendedAt })
    .from(member)
    .where(and(eq(member.org, org), sql`(${member.id} = ${id} or ${member.role} = 'owner')`))
    .orderBy(member.id)
    .for('update')
  const found = rows.find((row) => row.id === id)
  if (!found) throw notFound()
  if (author.kind === 'person' && author.membership?.id === id)
    throw new AppError('forbidden', 'Nobody changes their own access. Ask another owner or admin.', {
      why: 'own access',
    })
  const toggles = await tx
    .select({ permission: memberToggle.permission, effect: memberToggle.effect })
    .from(memberToggle)
    .where(and(eq(memberToggle.org, org), eq(memberToggle.memberId, id)))
  return {
    personId: found.personId,
    membership: {
      id: asId(found.id),
      role: found.role,
      isSuspended: found.suspendedAt !== null,
      toggles: Object.fromEntries(toggles.map((row) => [row.permission, row.effect])),
      groups: [],
    },
  }
}

/**
 * Refuses to leave an organisation without an owner who can come in. Call after `loadMember`, which holds the owners' rows.
 * @throws AppError conflict
 */
export async function requireAnotherOwner(tx: Tx, org: OrganisationId, id: string): Promise<void> {
  const others = await tx.$count(
    member,
    and(eq(member.org, org), eq(member.role, 'owner'), sql`${member.id} <> ${id} and ${member.suspendedAt} is null`),
  )
  if (others === 0) throw new AppError('conflict', 'This is the last owner. Make somebody else an owner first.')
}

export function asPerson(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'Only a member may do this.')
  return actor
}
