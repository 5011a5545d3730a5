import type postgres from 'postgres'

/**
 * Does something as the database's superuser that the app never does, with the trail the database insists on even
 * then: an entry of the same transaction that names the row.
 */
export async function plant(
  sql: postgres.Sql,
  org: string,
  target: string,
  change: (tx: postgres.TransactionSql) => Promise<unknown>,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body)
      values (${org}, 'system', 'test.planted', ${target}, 'done', gen_random_uuid(), 'planted'::bytea)`
    await change(tx)
  })
}
