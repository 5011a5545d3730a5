import { randomBytes } from 'node:crypto'

import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ensureTestDatabase, superuserSql, superuserSqlAt } from '../../testing/database.ts'
import { SettingError } from '../env.ts'
import { openPool, type Pool, refuseStrongLogin } from './pool.ts'
import { loginRoles } from './roles.ts'

const sql = superuserSql()
const made: string[] = []
let superuserUrl: string
let database: string
beforeAll(async () => {
  ;({ superuserUrl } = await ensureTestDatabase())
  database = new URL(superuserUrl).pathname.slice(1)
})
afterAll(async () => {
  for (const role of made.toReversed()) await sql.unsafe(`drop owned by ${role}; drop role ${role}`)
  await sql.end()
})

async function temporaryRole(attributes: string): Promise<string> {
  const role = `test_${randomBytes(6).toString('hex')}`
  await sql.unsafe(`create role ${role} ${attributes}`)
  made.push(role)
  return role
}

async function asPool<T>(connection: postgres.Sql, work: (pool: Pool) => Promise<T>): Promise<T> {
  try {
    return await work({ role: 'orinode_web', sql: connection, renew: () => {} })
  } finally {
    await connection.end()
  }
}

/** Logs in as a temporary role made strong in one way, and asks whether a process would run as it. */
async function isRefused(attributes: string, strengthen: (role: string) => string | Promise<string>): Promise<boolean> {
  const password = randomBytes(12).toString('hex')
  const role = await temporaryRole(`login ${attributes} password '${password}'`)
  await sql.unsafe(`grant connect on database ${database} to ${role}; ${await strengthen(role)}`)
  const url = Object.assign(new URL(superuserUrl), { username: role, password })
  const refusal = await asPool(superuserSqlAt(url.href), (pool) =>
    refuseStrongLogin(pool).catch((error: unknown) => error),
  )
  if (refusal !== undefined && !(refusal instanceof SettingError))
    throw new Error('refused for another reason', { cause: refusal })
  return refusal !== undefined
}

describe('a process does not run as', () => {
  test('a superuser', async () => {
    const asking = asPool(superuserSqlAt(superuserUrl), refuseStrongLogin)
    await expect(asking).rejects.toThrow(/superuser, bypasses row-level security or owns tables/)
  })

  const strong: [string, string, (role: string) => string | Promise<string>][] = [
    ['a login that bypasses row-level security', 'bypassrls', () => ''],
    [
      'the owner of a table',
      '',
      (role) =>
        `create schema ${role} authorization ${role}; create table ${role}.own (id int); alter table ${role}.own owner to ${role}`,
    ],
    [
      'the owner of a partitioned table',
      '',
      (role) =>
        `create schema ${role} authorization ${role}; create table ${role}.own (id int) partition by range (id); alter table ${role}.own owner to ${role}`,
    ],
    ['a member of the role that owns our tables', 'noinherit', (role) => `grant orinode_owner to ${role}`],
    ['a member of the role that reaches across organisations', 'noinherit', (role) => `grant orinode_reach to ${role}`],
    ['a member of a superuser role', 'noinherit', (role) => `grant postgres to ${role}`],
    [
      'a member of any other role that bypasses row-level security',
      'noinherit',
      async (role) => `grant ${await temporaryRole('nologin bypassrls')} to ${role}`,
    ],
    [
      'a member of a member of the owner',
      'noinherit',
      async (role) => {
        const between = await temporaryRole('nologin')
        return `grant orinode_owner to ${between}; grant ${between} to ${role}`
      },
    ],
  ]
  test.each(strong)('%s', async (_, attributes, strengthen) => {
    expect(await isRefused(attributes, strengthen)).toBe(true)
  })
})

describe('a process runs as', () => {
  test('a login with nothing of the kind', async () => {
    expect(await isRefused('', () => '')).toBe(false)
  })

  test.each(loginRoles)('%s', async (role) => {
    const pool = openPool(role, 1)
    await expect(refuseStrongLogin(pool)).resolves.toBeUndefined()
    await pool.sql.end()
  })
})
