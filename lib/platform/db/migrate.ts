import 'server-only'

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import postgres from 'postgres'

import { SettingError } from '../env.ts'
import { ensureRolePasswords, rolesSql } from './roles.ts'

const folder = join(import.meta.dirname, '../../../drizzle/migrations')

/** A migration whose text changed after it ran somewhere: forward only, so we stop. */
export class ChangedMigration extends Error {
  override readonly name = 'ChangedMigration'
}

/**
 * Brings a database to the current form: roles, then every migration once, in order, each in its own
 * transaction. Needs a superuser for this one step, because only one can make a BYPASSRLS role.
 * @returns the names of the migrations that ran now
 */
export async function migrate(input: { superuserUrl: string; rolesFile: string }): Promise<string[]> {
  const sql = postgres(input.superuserUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'orinode-migrate' },
  })
  try {
    await refuseUnfit(sql)
    await sql`select pg_advisory_lock(hashtextextended('orinode-migrate', 0))`
    const passwords = ensureRolePasswords(input.rolesFile)
    const [here] = await sql<{ name: string }[]>`select current_database() as name`
    await sql.unsafe(rolesSql(passwords, here?.name ?? '')).simple()
    await sql`create table if not exists orinode_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    await sql`revoke all on orinode_migration from public`
    return await applyPending(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function refuseUnfit(sql: postgres.Sql): Promise<void> {
  const [server] = await sql<{ version: number; superuser: boolean; encoding: string }[]>`
    select current_setting('server_version_num')::int as version, rolsuper as superuser, getdatabaseencoding() as encoding
    from pg_roles where rolname = current_user`
  if (!server || server.version < 150_000) throw new SettingError('DATABASE_URL: PostgreSQL 15 or later is needed')
  if (server.encoding !== 'UTF8') throw new SettingError('DATABASE_URL: the database must have encoding UTF8')
  if (!server.superuser) {
    throw new SettingError(
      'DATABASE_URL: migrating needs a superuser for this one step (a BYPASSRLS role is made); no process keeps it',
    )
  }
}

async function applyPending(sql: postgres.Sql): Promise<string[]> {
  const done = await sql<{ name: string; sha256: string }[]>`select name, sha256 from orinode_migration`
  const ran: string[] = []
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()) {
    const text = readFileSync(join(folder, name), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = done.find((row) => row.name === name)
    if (before && before.sha256 !== sha256) throw new ChangedMigration(`${name} has changed since it ran`)
    if (before) continue
    await sql.begin(async (tx) => {
      await tx.unsafe(text).simple()
      await tx`insert into orinode_migration (name, sha256) values (${name}, ${sha256})`
    })
    ran.push(name)
  }
  return ran
}
