import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { showCall } from './call-row.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { environmentFor } from './policy.ts'
import { CallPage, ListCalls } from './shapes.ts'

const listed = {
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
}

/** Newest first, by keyset: a page costs the same at the first call and at the hundred thousandth. */
export const listCalls = query({
  name: 'calls.list',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: ListCalls,
  output: CallPage,
  read({ tx, input, actor, organisation, vault }) {
    const { limit, cursor, status, direction, caller, from, to } = input
    const wanted: (SQL | undefined)[] = [
      eq(call.org, organisation),
      eq(call.environment, environmentFor(actor, input.environment)),
      status && eq(call.status, status),
      direction && eq(call.direction, direction),
      caller === undefined ? undefined : eq(call.callerToken, Buffer.from(caller, 'base64url')),
      from === undefined ? undefined : gte(call.startedAt, new Date(from)),
      to === undefined ? undefined : lt(call.startedAt, new Date(to)),
      cursor === undefined ? undefined : before(cursor, vault),
    ]
    return [
      tx
        .select(listed)
        .from(call)
        .where(and(...wanted))
        .orderBy(desc(call.startedAt), desc(call.id))
        .limit(limit + 1),
    ]
  },
  answer(context, [rows]) {
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
