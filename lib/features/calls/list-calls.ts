import { and, desc, eq, type SQL, sql } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { showCall } from './call-row.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { fitting } from './list-filter.ts'
import { CallPage, ListCalls } from './shapes.ts'

export const listed = {
  id: call.id,
  environment: call.environment,
  externalIdSealed: call.externalIdSealed,
  provider: call.provider,
  status: call.status,
  statusRaw: call.statusRaw,
  direction: call.direction,
  callerKind: call.callerKind,
  callerToken: call.callerToken,
  callerCountry: call.callerCountry,
  callerLast3: call.callerLast3,
  callerSealed: call.callerSealed,
  number: call.number,
  agent: call.agent,
  startedAt: call.startedAt,
  answeredAt: call.answeredAt,
  endedAt: call.endedAt,
  talkMs: call.talkMs,
  endedReason: call.endedReason,
  languages: call.languages,
  outcomeSealed: call.outcomeSealed,
  success: call.success,
  costMinor: call.costMinor,
  costCurrency: call.costCurrency,
  tagIds: call.tagIds,
  followUp: call.followUp,
  assignedTo: call.assignedTo,
}

/**
 * A list is read in its own order, out of an index, until a page is full. The planner does not know how far that is and would at
 * times rather read every call there is, or all of them at once on every core.
 */
export const inOrder = sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true)`

/**
 * Newest first, by keyset: a page costs the same at the first call and at the hundred thousandth. The index says which calls
 * they are; only those of the page are fetched.
 */
export const listCalls = query({
  name: 'calls.list',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: ListCalls,
  output: CallPage,
  read(context) {
    const { tx, input, organisation, vault } = context
    const { limit, cursor, ...filter } = input
    const page = tx
      .select({ id: call.id, startedAt: call.startedAt })
      .from(call)
      .where(and(fitting(filter, context), cursor === undefined ? undefined : before(cursor, vault)))
      .orderBy(desc(call.startedAt), desc(call.id))
      .limit(limit + 1)
      .as('page')
    return [
      tx.execute(inOrder),
      tx
        .select(listed)
        .from(page)
        .innerJoin(call, and(eq(call.org, organisation), eq(call.id, page.id)))
        .orderBy(desc(page.startedAt), desc(page.id)),
    ]
  },
  answer(context, [, rows]) {
    const { limit } = context.input
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      data: rows.slice(0, limit).map((row) => showCall(row, context)),
      next_cursor: last ? cursorOf(last, context.vault) : null,
    }
  },
})

/** As one row comparison, which the index can begin at; the same thing said with OR would read from the top. */
function before(cursor: string, vault: Vault): SQL {
  const { startedAt, id } = readCursor(cursor, vault)
  return sql`(${call.startedAt}, ${call.id}) < (${startedAt.toISOString()}::timestamptz, ${id}::uuid)`
}
