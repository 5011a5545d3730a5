import { and, asc, eq, isNull, or } from 'drizzle-orm'
import { z } from 'zod'

import { savedView, tag } from '#drizzle/schema/call-work'
import { member, memberToggle, person } from '#drizzle/schema/person'

import { actingMember } from '../../guard/acting-member.ts'
import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { may } from '../../guard/resolve.ts'
import { query } from '../../guard/use-case.ts'
import { asId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { Work } from './shapes.ts'

/** What stands beside the list of calls and a call: the tags there are, who can be asked, one's views and those shared. */
export const showWork = query({
  name: 'calls.show-work',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Work,
  read: ({ tx, actor, organisation: org }) => [
    tx
      .select({ id: tag.id, nameSealed: tag.nameSealed, colour: tag.colour })
      .from(tag)
      .where(and(eq(tag.org, org), isNull(tag.deletedAt))),
    tx
      .select({ id: member.id, name: person.name, role: member.role })
      .from(member)
      .innerJoin(person, eq(person.id, member.personId))
      .where(and(eq(member.org, org), isNull(member.suspendedAt)))
      .orderBy(asc(person.name), asc(member.id)),
    tx.select().from(memberToggle).where(eq(memberToggle.org, org)),
    tx
      .select()
      .from(savedView)
      .where(and(eq(savedView.org, org), or(eq(savedView.owner, actingMember(actor)), eq(savedView.isShared, true)))),
  ],
  answer({ actor, vault }, [tags, members, toggles, views]) {
    const togglesOf = (id: string) =>
      Object.fromEntries(toggles.filter((one) => one.memberId === id).map((one) => [one.permission, one.effect]))
    const me = actingMember(actor)
    const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name)
    return {
      me,
      may_manage: holds(actor, 'calls.manage'),
      tags: tags
        .flatMap(({ id, nameSealed, colour }) =>
          nameSealed ? [{ id, name: vault.open(sealed.tag.name, id, nameSealed), colour }] : [],
        )
        .toSorted(byName),
      members: members
        .filter(({ id, role }) =>
          may({ id: asId(id), role, isSuspended: false, toggles: togglesOf(id), groups: [] }, 'calls.view'),
        )
        .map(({ id, name }) => ({ id, name })),
      views: views
        .map((row) => ({
          id: row.id,
          name: vault.open(sealed.savedView.name, row.id, row.nameSealed),
          query: row.query,
          columns: row.columns,
          is_shared: row.isShared,
          is_own: row.owner === me,
        }))
        .toSorted(byName),
    }
  },
})
