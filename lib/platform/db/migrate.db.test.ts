import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, test } from 'vitest'

import { ensureTestDatabase, superuserSql, superuserSqlAt } from '../../testing/database.ts'
import { SettingError } from '../env.ts'
import { MigrationMismatch, migrate } from './migrate.ts'
import { readRolePasswords } from './roles.ts'

const sql = superuserSql()
const made: string[] = []
afterAll(async () => {
  for (const name of made) await sql.unsafe(`drop database if exists ${name}`)
  await sql.end()
})

/** An empty database of its own, in the same cluster: its roles are there already. */
async function emptyDatabase(options = ''): Promise<{ url: string; rolesFile: string }> {
  const { superuserUrl, rolesFile } = await ensureTestDatabase()
  const name = `migrate_${randomBytes(6).toString('hex')}`
  await sql.unsafe(`create database ${name} template template0 ${options}`)
  made.push(name)
  return { url: Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href, rolesFile }
}

const migrations = readdirSync(join(import.meta.dirname, '../../../drizzle/migrations'))
  .filter((file) => file.endsWith('.sql'))
  .toSorted()

describe('migrating', () => {
  test('runs every migration once, in order; the second run does nothing', async () => {
    const empty = await emptyDatabase()
    expect(await migrate(empty)).toEqual(migrations)
    expect(migrations.length).toBeGreaterThan(3)
    const here = superuserSqlAt(empty.url)
    const shape =
      () => here`select attrelid::regclass::text as name, attname, attnum, atttypid, attacl::text from pg_attribute
      where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1, 3`
    const before = await shape()
    expect(await migrate(empty)).toEqual([])
    expect(await shape()).toEqual(before)
    await here.end()
  })

  test('two at once do it once', async () => {
    const empty = await emptyDatabase()
    const [one, other] = await Promise.all([migrate(empty), migrate(empty)])
    expect([...one, ...other].toSorted()).toEqual(migrations)
  })

  /** A database in which these have run, and nothing else is. */
  async function databaseIn(recorded: readonly string[]): Promise<{ url: string; rolesFile: string }> {
    const empty = await emptyDatabase()
    const here = superuserSqlAt(empty.url)
    await here`create table orinode_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    for (const file of recorded)
      await here`insert into orinode_migration (name, sha256) values (${file}, 'of another text')`
    await here.end()
    return empty
  }
  async function isUntouched(url: string): Promise<boolean> {
    const here = superuserSqlAt(url)
    const [found] =
      await here`select to_regclass('public.organisation') is null and to_regnamespace('jobs') is null as untouched`
    await here.end()
    return found?.['untouched'] === true
  }

  test('stops at a migration whose text has changed since it ran, and says which', async () => {
    const changed = await databaseIn(migrations)
    await expect(migrate(changed)).rejects.toThrow(MigrationMismatch)
    await expect(migrate(changed)).rejects.toThrow('0001-foundation.sql has changed since it ran')
    expect(await isUntouched(changed.url)).toBe(true)
  })

  test('leaves alone a database that is newer than the code, and says which release to start', async () => {
    const newer = await databaseIn(['9998-of-a-later-release.sql', '9999-of-a-later-release.sql'])
    await expect(migrate(newer)).rejects.toThrow(MigrationMismatch)
    await expect(migrate(newer)).rejects.toThrow(
      /newer than this code: 9998-of-a-later-release\.sql, 9999-of-a-later-release\.sql .* Nothing was changed\. Start the release that it belongs to/,
    )
    expect(await isUntouched(newer.url)).toBe(true)
  })
})

describe('what cannot be migrated is refused before anything is touched', () => {
  test('a database whose encoding is not UTF-8', async () => {
    const ascii = await emptyDatabase(`encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`)
    await expect(migrate(ascii)).rejects.toThrow(SettingError)
    await expect(migrate(ascii)).rejects.toThrow('must have encoding UTF8')
    const here = superuserSqlAt(ascii.url)
    expect(await here`select to_regclass('public.orinode_migration') as found`).toEqual([{ found: null }])
    await here.end()
  })

  test('a login of the app itself, which may own nothing', async () => {
    const { superuserUrl, rolesFile } = await ensureTestDatabase()
    const url = Object.assign(new URL(superuserUrl), {
      username: 'orinode_web',
      password: readRolePasswords(rolesFile).orinode_web,
    })
    const refused = migrate({ url: url.href, rolesFile })
    await expect(refused).rejects.toThrow(SettingError)
    await expect(refused).rejects.toThrow(/orinode_web is what the app itself logs in as, .* migrate as somebody else/)
  })
})
