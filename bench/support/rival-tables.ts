import type postgres from 'postgres'

/** The same columns, types, keys, foreign keys and indexes; no seal check, no row-level security, no trigger. */
export async function makeRivalTables(sql: postgres.Sql): Promise<void> {
  await sql.unsafe('create schema rival')
  for (const table of ['call', 'call_source', 'call_turn', 'call_event']) {
    await sql.unsafe(`create table rival.${table} (like public.${table} including defaults including indexes)`)
    const sealed = await sql<{ name: string }[]>`select column_name as name from information_schema.columns
      where table_schema = 'rival' and table_name = ${table} and domain_name = 'sealed'`
    for (const { name } of sealed) await sql.unsafe(`alter table rival.${table} alter column ${name} type bytea`)
  }
  for (const table of ['call_source', 'call_turn', 'call_event']) {
    await sql.unsafe(
      `alter table rival.${table} add foreign key (org, call_id) references rival.call (org, id) deferrable initially deferred`,
    )
  }
  await sql.unsafe(
    'grant usage on schema rival to orinode_web; grant select, insert, update on all tables in schema rival to orinode_web',
  )
}
