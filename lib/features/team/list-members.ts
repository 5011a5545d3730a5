import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'

import { member, person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { Members } from './shapes.ts'

/** Everybody who belongs to the organisation. */
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
        suspendedAt: member.suspendedAt,
      })
      .from(member)
      .innerJoin(person, and(eq(person.id, member.personId)))
      .where(eq(member.org, organisation))
      .orderBy(asc(person.name), asc(member.id)),
  ],
  answer: (_, [rows]) => ({
    data: rows.map(({ suspendedAt, ...row }) => ({ ...row, is_suspended: suspendedAt !== null })),
  }),
})
