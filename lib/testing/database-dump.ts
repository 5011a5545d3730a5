import { sealed, type SealedColumn } from '../vault/columns.ts'
import type { Vault } from '../vault/open-vault.ts'
import type { superuserSql } from './database.ts'

export interface DumpedValue {
  /** `table.column`, or `schema.table.column` outside public. */
  where: string
  /** As it would be read in a dump: text as it is, bytes one character each. */
  text: string
}

type Sql = ReturnType<typeof superuserSql>
type Transaction = Parameters<Parameters<Sql['begin']>[1]>[0]
type Row = Record<string, unknown>

/** Every value of every column of every table, read by the superuser, who sees past row-level security. */
export async function databaseDump(sql: Sql | Transaction): Promise<DumpedValue[]> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'm') order by c.relname`
  const dumped: DumpedValue[] = []
  for (const { schema, name } of tables) {
    const table = schema === 'public' ? name : `${schema}.${name}`
    for (const row of await sql<Row[]>`select * from ${sql(schema)}.${sql(name)}`) {
      for (const [column, value] of Object.entries(row))
        dumped.push({ where: `${table}.${column}`, text: asText(value) })
    }
  }
  return dumped
}

function asText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

const sealedColumns: [table: string, column: string, label: SealedColumn][] = [
  ['call', 'external_id_sealed', sealed.call.externalId],
  ['call', 'carrier_call_id_sealed', sealed.call.carrierCallId],
  ['call', 'outcome_sealed', sealed.call.outcome],
  ['call', 'summary_sealed', sealed.call.summary],
  ['call', 'recording_url_sealed', sealed.call.recordingUrl],
  ['call', 'metadata_sealed', sealed.call.metadata],
  ['call_turn', 'text_sealed', sealed.callTurn.text],
  ['call_event', 'body_sealed', sealed.callEvent.body],
  ['call_note', 'text_sealed', sealed.callNote.text],
  ['call_follow_up', 'why_sealed', sealed.callFollowUp.why],
  ['tag', 'name_sealed', sealed.tag.name],
  ['saved_view', 'name_sealed', sealed.savedView.name],
  ['audit_detail', 'value_sealed', sealed.auditDetail.value],
  ['idempotency_answer', 'answer_sealed', sealed.idempotencyAnswer.body],
]

/** What one organisation's own keys open: its sealed text, as somebody would read it who had database and keys. */
export async function openedDump(sql: Sql, vault: Vault): Promise<DumpedValue[]> {
  const opened: DumpedValue[] = []
  for (const [table, column, label] of sealedColumns) {
    const rows = await sql<{ id: string; value: Uint8Array }[]>`
      select id, ${sql(column)} as value from ${sql(table)} where org = ${vault.organisation} and ${sql(column)} is not null`
    for (const { id, value } of rows)
      opened.push({ where: `${table}.${column}`, text: vault.openBytes(label, id, value).toString('utf8') })
  }
  return opened
}
