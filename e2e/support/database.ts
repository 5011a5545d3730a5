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

/** Where entries of no organisation go. */
export const platform = '00000000-0000-7000-8000-000000000000'

/** Tells every process that somebody's access changed, as the app does after a commit. */
export async function announceAccess(sql: postgres.Sql): Promise<void> {
  await sql`select pg_notify('orinode_access', '{"kind":"member"}')`
}
