import postgres from 'postgres'

import { app } from './running-app.ts'

/** A superuser's connection, for planting and for looking behind the walls. Call `end()`. */
export function superuser(): postgres.Sql {
  return postgres(app.databaseUrl, { max: 1, onnotice: () => {} })
}

export interface AuditRow {
  action: string
  result: string
  actor: string | null
  target: string | null
  body: string
}

/** An organisation's entries, oldest first. */
export async function auditOf(sql: postgres.Sql, organisation: string): Promise<AuditRow[]> {
  const rows =
    await sql`select action, result, actor, target, body from audit_entry where org = ${organisation} order by recorded_at, id`
  return rows.map((row) => ({
    action: String(row['action']),
    result: String(row['result']),
    actor: row['actor'] === null ? null : String(row['actor']),
    target: row['target'] === null ? null : String(row['target']),
    body: Buffer.isBuffer(row['body']) ? row['body'].toString('utf8') : '',
  }))
}

/** A fingerprint of all rows an organisation has, per table; what differs between two has changed. */
export async function rowsOf(sql: postgres.Sql, organisation: string): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace`
  const prints: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sql<{ print: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
      from ${sql(name)} t where org = ${organisation}`
    prints[name] = row?.print ?? ''
  }
  return prints
}

/** Where entries of no organisation go. */
export const platform = '00000000-0000-7000-8000-000000000000'

/** Tells every process that somebody's access changed, as the app does after a commit. */
export async function announceAccess(sql: postgres.Sql): Promise<void> {
  await sql`select pg_notify('orinode_access', '{"kind":"member"}')`
}
