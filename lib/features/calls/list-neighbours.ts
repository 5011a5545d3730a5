import { and, asc, desc, eq, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { Neighbours, OneCall } from './shapes.ts'

/** The calls next to one in the list of all, newest first. Of a call that is not there, nobody. */
export const listNeighbours = query({
  name: 'calls.list-neighbours',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: OneCall,
  output: Neighbours,
  read({ tx, input, organisation: org }) {
    const here = (columns: string) =>
      sql`(select ${sql.raw(columns)} from call where org = ${org} and id = ${input.id}::uuid)`
    const among = and(eq(call.org, org), sql`${call.environment} = ${here('environment')}`)
    const place = sql`(${call.startedAt}, ${call.id})`
    return [
      tx
        .select({ id: call.id })
        .from(call)
        .where(and(among, sql`${place} > ${here('started_at, id')}`))
        .orderBy(asc(call.startedAt), asc(call.id))
        .limit(1),
      tx
        .select({ id: call.id })
        .from(call)
        .where(and(among, sql`${place} < ${here('started_at, id')}`))
        .orderBy(desc(call.startedAt), desc(call.id))
        .limit(1),
    ]
  },
  answer: (_, [[newer], [older]]) => ({ newer: newer?.id ?? null, older: older?.id ?? null }),
})
