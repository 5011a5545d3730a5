import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'

import { invitation } from '#drizzle/schema/invitation'
import { member, memberToggle, person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { resolve } from '../../guard/resolve.ts'
import { query } from '../../guard/use-case.ts'
import type { Membership } from '../../kernel/actor.ts'
import { asId } from '../../kernel/ids.ts'
import { areaPermissions } from '../../kernel/permission.ts'
import { planMost } from '../../kernel/plan.ts'
import { sealed } from '../../vault/columns.ts'
import { Members } from './shapes.ts'

/** Everybody who belongs to the organisation, what each may do and who decided it, and who has been invited. */
export const listMembers = query({
  name: 'team.list-members',
  allow: 'team.manage',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Members,
  read: ({ tx, organisation }) => [
    tx
      .select({
        id: member.id,
        email: person.email,
        name: person.name,
        role: member.role,
        createdAt: member.createdAt,
        suspendedAt: member.suspendedAt,
      })
      .from(member)
      .innerJoin(person, eq(person.id, member.personId))
      .where(eq(member.org, organisation))
      .orderBy(asc(person.name), asc(member.id)),
    tx.select().from(memberToggle).where(eq(memberToggle.org, organisation)),
    tx
      .select({
        id: invitation.id,
        role: invitation.role,
        emailSealed: invitation.emailSealed,
        expiresAt: invitation.expiresAt,
        isExpired: sql<boolean>`${invitation.expiresAt} <= now()`,
      })
      .from(invitation)
      .where(and(eq(invitation.org, organisation), isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))
      .orderBy(desc(invitation.createdAt)),
  ],
  answer({ actor, vault }, [members, toggles, invitations]) {
    return {
      data: members.map(({ createdAt, suspendedAt, ...row }) => {
        const own = Object.fromEntries(
          toggles.filter((one) => one.memberId === row.id).map((one) => [one.permission, one.effect]),
        )
        const membership: Membership = {
          id: asId(row.id),
          role: row.role,
          isSuspended: suspendedAt !== null,
          toggles: own,
          groups: [],
        }
        return {
          ...row,
          since: createdAt.toISOString(),
          is_suspended: suspendedAt !== null,
          is_self: actor.kind === 'person' && actor.membership?.id === row.id,
          permissions: areaPermissions.map((permission) => {
            const { decision, layer, sourceName } = resolve(membership, permission)
            return { permission, own: own[permission] ?? null, decision, layer, source: sourceName }
          }),
        }
      }),
      invitations: invitations.map(({ emailSealed, expiresAt, isExpired, ...row }) => ({
        ...row,
        email: vault.open(sealed.invitation.email, row.id, emailSealed),
        expires_at: expiresAt.toISOString(),
        is_expired: isExpired,
      })),
      most: actor.kind === 'person' && actor.organisation ? planMost(actor.organisation.plan, 'members') : null,
    }
  },
})
