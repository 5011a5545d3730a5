import { sealed, type SealedColumn } from '../vault/columns.ts'
import type { Vault } from '../vault/open-vault.ts'
import type { superuserSql } from './database.ts'

type Sql = ReturnType<typeof superuserSql>

const sealedOf: Record<string, SealedColumn> = {
  external_id_sealed: sealed.call.externalId,
  carrier_call_id_sealed: sealed.call.carrierCallId,
  outcome_sealed: sealed.call.outcome,
  summary_sealed: sealed.call.summary,
  recording_url_sealed: sealed.call.recordingUrl,
  metadata_sealed: sealed.call.metadata,
}

/** Times of receipt, and what is this organisation's alone: ids, what is keyed, and marks, which end in a keyed hash. */
const ownColumns = new Set(['org', 'id', 'caller_token', 'caller_sealed', 'told', 'created_at', 'updated_at'])

/**
 * Every call with its turns, opened, every column of it but its organisation's own, with callers as E.164 where they have one:
 * the same facts give the same text, in whichever organisation they were told.
 */
export async function canonicalCalls(sql: Sql, vault: Vault): Promise<Map<string, unknown>> {
  const { organisation } = vault
  const calls = new Map<string, unknown>()
  for (const row of await sql<
    { id: string; [column: string]: unknown }[]
  >`select * from call where org = ${organisation}`) {
    const turns = await sql<{ id: string; seq: number; role: string; at_ms: number; text_sealed: Uint8Array }[]>`
      select id, seq, role, at_ms, text_sealed from call_turn where org = ${organisation} and call_id = ${row.id} order by seq`
    const events = await sql<
      { kind: string }[]
    >`select kind from call_event where org = ${organisation} and call_id = ${row.id} order by kind, dedupe_hash`
    const opened = Object.entries(row).flatMap(([column, value]): [string, unknown][] => {
      if (ownColumns.has(column)) return []
      const label = sealedOf[column]
      return [[column, label && value instanceof Uint8Array ? vault.open(label, row.id, value) : value]]
    })
    const caller =
      row['caller_sealed'] instanceof Uint8Array && row['caller_token'] instanceof Uint8Array
        ? vault.open(sealed.call.caller, row.id, row['caller_sealed'], row['caller_token'])
        : row['caller_token'] && 'somebody'
    const said = turns.map(({ id, text_sealed, ...turn }) => ({
      ...turn,
      text: vault.open(sealed.callTurn.text, id, text_sealed),
    }))
    const call = { ...Object.fromEntries(opened), caller, said, events: events.map(({ kind }) => kind) }
    calls.set(String(Object.fromEntries(opened)['external_id_sealed']), call)
  }
  return calls
}

/** Every row of the tables that hold calls, to the last byte: what a repetition must leave alone. */
export async function callRows(sql: Sql, org: string): Promise<unknown[]> {
  const tables = ['call', 'call_source', 'call_turn', 'call_event', 'outbox_event']
  return Promise.all(
    tables.map(
      (table) => sql`select ${sql(table)} as row from ${sql(table)} where org = ${org} order by ${sql(table)}::text`,
    ),
  )
}
