import 'server-only'

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import postgres from 'postgres'

import { SettingError } from '../env.ts'
import { writeWhole } from '../home/write-whole.ts'
import { jobGrantsSql, jobSchema, jobSchemaSql } from '../jobs/job-schema.ts'
import { administratorSql, foundationsSql, missingFoundations } from './foundations.ts'
import { ensureRolePasswords, loginRoles } from './roles.ts'

const folder = join(import.meta.dirname, '../../../drizzle/migrations')

/** What ran in the database is not what we have: forward only, so we stop. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch'
}

/**
 * Brings a database to the current form: roles, the job queue's own tables, then every migration once, in order, each in its
 * own transaction. A superuser lays the foundations as well (only one can make a BYPASSRLS role); any other login builds on
 * what an administrator laid, and is told what is missing.
 * @returns the names of the migrations that ran now
 */
export async function migrate({ url, rolesFile }: { url: string; rolesFile: string }): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'orinode-migrate' } })
  try {
    const server = await fitServer(sql)
    await sql`select pg_advisory_lock(hashtextextended('orinode-migrate', 0))`
    if (!server.isSuperuser) await refuseWithoutFoundations(sql, { ...server, url, rolesFile })
    const files = migrationFiles()
    const done = await recordedMigrations(sql, server)
    refuseMismatch(done, files)
    if (server.isSuperuser) {
      await sql
        .unsafe(foundationsSql({ database: server.database, passwords: ensureRolePasswords(rolesFile) }))
        .simple()
    }
    await sql.begin(bringJobTables)
    return await applyPending(sql, files, new Set(done.map(({ name }) => name)))
  } finally {
    await sql.end({ timeout: 5 })
  }
}

interface Server {
  isSuperuser: boolean
  login: string
  database: string
}

async function fitServer(sql: postgres.Sql): Promise<Server> {
  const [server] = await sql<(Server & { version: number; encoding: string })[]>`
    select current_setting('server_version_num')::int as version, rolsuper as "isSuperuser",
      getdatabaseencoding() as encoding, current_user::text as login, current_database()::text as database
    from pg_roles where rolname = current_user`
  if (!server || server.version < 150_000) throw new SettingError('DATABASE_URL: PostgreSQL 15 or later is needed')
  if (server.encoding !== 'UTF8') throw new SettingError('DATABASE_URL: the database must have encoding UTF8')
  if (loginRoles.some((role) => role === server.login)) {
    throw new SettingError(
      `DATABASE_URL: ${server.login} is what the app itself logs in as, and may own nothing: migrate as somebody else`,
    )
  }
  return server
}

/** Says what is missing, and puts the SQL that lays it (with passwords, so not on a screen) beside the roles' file. */
async function refuseWithoutFoundations(
  sql: postgres.Sql,
  { url, rolesFile, database, login }: Server & { url: string; rolesFile: string },
): Promise<void> {
  const passwords = ensureRolePasswords(rolesFile)
  const file = join(dirname(rolesFile), 'administrator.sql')
  const missing = await missingFoundations(sql, { url, passwords })
  if (missing.length === 0) {
    rmSync(file, { force: true })
    return
  }
  writeWhole(file, administratorSql({ database, migrator: login, passwords }))
  throw new SettingError(
    [
      `DATABASE_URL: ${login} is no superuser, and cannot lay what is missing:`,
      ...missing.map((one) => `    - ${one}`),
      `  A superuser of the database ${database} has to run ${file}`,
      '  once; it holds passwords, so only you can read it. Then try again: no superuser is needed after that.',
    ].join('\n'),
  )
}

/** Before our migrations, which speak of these tables. */
async function bringJobTables(tx: postgres.TransactionSql): Promise<void> {
  const [schema] = await tx<{ isOurs: boolean }[]>`
    select nspowner = 'orinode_owner'::regrole as "isOurs" from pg_namespace where nspname = ${jobSchema}`
  if (schema && !schema.isOurs) {
    throw new SettingError(`DATABASE_URL: the database has a schema “${jobSchema}” of somebody else's`)
  }
  await tx`set local role orinode_owner`
  const [table] = await tx<{ isThere: boolean }[]>`
    select to_regclass(${`${jobSchema}.version`}) is not null as "isThere"`
  const [installed] = table?.isThere
    ? await tx<{ version: number }[]>`select version from ${tx(jobSchema)}.version`
    : []
  await tx.unsafe(`${jobSchemaSql(installed?.version ?? null)}; ${jobGrantsSql}`).simple()
}

interface Migration {
  name: string
  sha256: string
}

const migrationFiles = (): (Migration & { text: string })[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    })

async function recordedMigrations(sql: postgres.Sql, { isSuperuser }: Server): Promise<Migration[]> {
  const [table] =
    await sql`select 1 from pg_class where relname = 'orinode_migration' and relnamespace = 'public'::regnamespace`
  if (!table) return []
  return await sql.begin(async (tx) => {
    // Another login may own nothing itself. Older databases have this table as the superuser's.
    if (!isSuperuser) await tx`set local role orinode_owner`
    return await tx<Migration[]>`select name, sha256 from public.orinode_migration`
  })
}

function refuseMismatch(done: readonly Migration[], files: readonly Migration[]): void {
  const unknown = done.filter(({ name }) => !files.some((file) => file.name === name)).map(({ name }) => name)
  if (unknown.length > 0) {
    throw new MigrationMismatch(
      `The database is newer than this code: ${unknown.toSorted().join(', ')} ran in it and is not here. Nothing was changed. Start the release that it belongs to, or a later one; there is no way back but a backup from before.`,
    )
  }
  const changed = files.find((file) => done.some(({ name, sha256 }) => name === file.name && sha256 !== file.sha256))
  if (changed) throw new MigrationMismatch(`${changed.name} has changed since it ran`)
}

async function applyPending(
  sql: postgres.Sql,
  files: readonly (Migration & { text: string })[],
  done: ReadonlySet<string>,
): Promise<string[]> {
  const pending = files.filter(({ name }) => !done.has(name))
  for (const { name, text, sha256 } of pending) {
    await sql.begin(async (tx) => {
      await tx.unsafe(text).simple()
      await tx`set local role orinode_owner`
      await tx`insert into public.orinode_migration (name, sha256) values (${name}, ${sha256})`
    })
  }
  return pending.map(({ name }) => name)
}
