import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, test } from 'vitest'

import { ensureTestDatabase, superuserSql, superuserSqlAt } from '../../testing/database.ts'
import { SettingError } from '../env.ts'
import { ChangedMigration, migrate } from './migrate.ts'
import { readRolePasswords } from './roles.ts'

const sql = superuserSql()
const made: string[] = []
afterAll(async () => {
  for (const name of made) await sql.unsafe(`drop database if exists ${name}`)
  await sql.end()
})

/** An empty database of its own, in the same cluster: its roles are there already. */
async function emptyDatabase(options = ''): Promise<{ superuserUrl: string; rolesFile: string }> {
  const { superuserUrl, rolesFile } = await ensureTestDatabase()
  const name = `migrate_${randomBytes(6).toString('hex')}`
  await sql.unsafe(`create database ${name} template template0 ${options}`)
  made.push(name)
  return { superuserUrl: Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href, rolesFile }
}

const migrations = readdirSync(join(import.meta.dirname, '../../../drizzle/migrations'))
  .filter((file) => file.endsWith('.sql'))
  .toSorted()

describe('migrating', () => {
  test('runs every migration once, in order; the second run does nothing', async () => {
    const empty = await emptyDatabase()
    expect(await migrate(empty)).toEqual(migrations)
    expect(migrations.length).toBeGreaterThan(3)
    const here = superuserSqlAt(empty.superuserUrl)
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

  test('stops at a migration whose text has changed since it ran, and says which', async () => {
    const { superuserUrl, rolesFile } = await ensureTestDatabase()
    const clone = {
      superuserUrl: Object.assign(new URL(superuserUrl), { pathname: `/migrate_${randomBytes(6).toString('hex')}` })
        .href,
      rolesFile,
    }
    const name = new URL(clone.superuserUrl).pathname.slice(1)
    await sql.unsafe(`create database ${name} template template0`)
    made.push(name)
    const here = superuserSqlAt(clone.superuserUrl)
    await here`create table orinode_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
    for (const file of migrations)
      await here`insert into orinode_migration (name, sha256) values (${file}, 'of another text')`
    await expect(migrate(clone)).rejects.toThrow(ChangedMigration)
    await expect(migrate(clone)).rejects.toThrow('0001-foundation.sql has changed since it ran')
    expect(await here`select to_regclass('public.organisation') as found`).toEqual([{ found: null }])
    await here.end()
  })
})

describe('what cannot be migrated is refused before anything is touched', () => {
  test('a database whose encoding is not UTF-8', async () => {
    const ascii = await emptyDatabase(`encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`)
    await expect(migrate(ascii)).rejects.toThrow(SettingError)
    await expect(migrate(ascii)).rejects.toThrow('must have encoding UTF8')
    const here = superuserSqlAt(ascii.superuserUrl)
    expect(await here`select to_regclass('public.orinode_migration') as found`).toEqual([{ found: null }])
    await here.end()
  })

  test('a login that is no superuser, with words that say what to do', async () => {
    const { superuserUrl, rolesFile } = await ensureTestDatabase()
    const url = Object.assign(new URL(superuserUrl), {
      username: 'orinode_web',
      password: readRolePasswords(rolesFile).orinode_web,
    })
    const refused = migrate({ superuserUrl: url.href, rolesFile })
    await expect(refused).rejects.toThrow(SettingError)
    await expect(refused).rejects.toThrow(/needs a superuser for this one step .* no process keeps it/)
  })
})
