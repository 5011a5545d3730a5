import { randomBytes } from 'node:crypto'

import { getRollbackPlans } from 'pg-boss'
import manifest from 'pg-boss/package.json' with { type: 'json' }
import { afterAll, expect, test } from 'vitest'

import { ensureTestDatabase, superuserSql, superuserSqlAt } from '../../testing/database.ts'
import { migrate } from '../db/migrate.ts'
import { jobSchemaSql } from './job-schema.ts'

const sql = superuserSql()
const made: string[] = []
afterAll(async () => {
  for (const name of made) await sql.unsafe(`drop database if exists ${name} with (force)`)
  await sql.end()
})

async function emptyDatabase(): Promise<{ url: string; rolesFile: string }> {
  const { superuserUrl, rolesFile } = await ensureTestDatabase()
  const name = `jobs_${randomBytes(6).toString('hex')}`
  await sql.unsafe(`create database ${name} template template0`)
  made.push(name)
  return { url: Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href, rolesFile }
}

/** Every table, column, index, function and right of the schema. */
const form = (here: ReturnType<typeof superuserSqlAt>) => here`
  select c.relname as name, c.relowner::regrole::text as owner, c.relacl::text as rights,
    array(select attname || ' ' || atttypid::regtype || ' ' || attnotnull from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped order by attname) as columns,
    array(select indexrelid::regclass::text from pg_index where indrelid = c.oid order by 1) as indexes
  from pg_class c where relnamespace = 'jobs'::regnamespace and relkind in ('r', 'p') and relname not like 'queue_stats_%'
  union all
  select proname, proowner::regrole::text, proacl::text, array[md5(regexp_replace(prosrc, '[[:space:]]+', ' ', 'g'))], '{}' from pg_proc where pronamespace = 'jobs'::regnamespace
  order by 1`

test('an older form of the queue’s tables is brought to the current one, whole, with its rights', async () => {
  const database = await emptyDatabase()
  await migrate(database)
  const here = superuserSqlAt(database.url)
  const current = await form(here)
  expect(current.length).toBeGreaterThan(15)
  const version = manifest.pgboss.schema
  await here.unsafe(getRollbackPlans('jobs', version)).simple()
  expect(await here`select version from jobs.version`).toEqual([{ version: version - 1 }])
  expect(await form(here)).not.toEqual(current)
  await migrate(database)
  expect(await here`select version from jobs.version`).toEqual([{ version }])
  expect(await form(here)).toEqual(current)
  await here.end()
})

test('current tables are left as they are, and newer ones too', () => {
  expect(jobSchemaSql(manifest.pgboss.schema)).toBe('')
  expect(jobSchemaSql(manifest.pgboss.schema + 1)).toBe('')
})

test('a schema of that name which is somebody else’s is refused and left alone', async () => {
  const database = await emptyDatabase()
  const here = superuserSqlAt(database.url)
  await here`create schema jobs`
  await here`create table jobs.theirs as select 42 as answer`
  await expect(migrate(database)).rejects.toThrow('has a schema “jobs” of somebody else')
  expect(await here`select answer from jobs.theirs`).toEqual([{ answer: 42 }])
  expect(await here`select to_regclass('jobs.job') as found`).toEqual([{ found: null }])
  await here.end()
})
