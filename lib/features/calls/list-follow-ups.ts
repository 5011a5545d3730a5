import { and, asc, eq, isNull, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { callFollowUp } from '#drizzle/schema/call-work'
import { member, person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { showCall } from './call-row.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { listed } from './list-calls.ts'
import { FollowUpPage, ListFollowUps } from './shapes.ts'

/** The calls somebody should look at again, those who wait longest first: one's own, those nobody has taken, or all of them. */
export const listFollowUps = query({
  name: 'calls.list-follow-ups',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: ListFollowUps,
  output: FollowUpPage,
  read({ tx, input, actor, organisation: org, vault }) {
    if (actor.kind !== 'person' || !actor.membership) throw notFound()
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor, vault)
    return [
      tx
        .select({
          call: listed,
          id: callFollowUp.id,
          whySealed: callFollowUp.whySealed,
          askedAt: callFollowUp.askedAt,
          assignedTo: callFollowUp.assignedTo,
          askedBy: person.name,
        })
        .from(callFollowUp)
        .innerJoin(call, and(eq(call.org, org), eq(call.id, callFollowUp.callId)))
        .leftJoin(member, and(eq(member.org, org), eq(member.id, callFollowUp.askedBy)))
        .leftJoin(person, eq(person.id, member.personId))
        .where(
          and(
            eq(callFollowUp.org, org),
            eq(callFollowUp.state, sql.raw(`'open'`)),
            input.whose === 'mine' ? eq(callFollowUp.assignedTo, actor.membership.id) : undefined,
            input.whose === 'free' ? isNull(callFollowUp.assignedTo) : undefined,
            after &&
              sql`(${callFollowUp.askedAt}, ${callFollowUp.id}) > (${after.startedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
          ),
        )
        .orderBy(asc(callFollowUp.askedAt), asc(callFollowUp.id))
        .limit(input.limit + 1),
    ]
  },
  answer(context, [rows]) {
    const { input, vault, readable } = context
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
    return {
      data: rows.slice(0, input.limit).map((row) => ({
        call: showCall(row.call, context),
        why: row.whySealed && readable(vault.open(sealed.callFollowUp.why, row.id, row.whySealed)),
        asked_by: row.askedBy,
        asked_at: row.askedAt.toISOString(),
        assigned_to: row.assignedTo,
      })),
      next_cursor: last ? cursorOf({ startedAt: last.askedAt, id: last.id }, vault) : null,
    }
  },
})
