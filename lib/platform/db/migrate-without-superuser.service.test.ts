import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { superuserSqlAt } from '../../testing/database.ts'
import { temporaryHome } from '../../testing/home.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database/start.ts'
import { migrate } from './migrate.ts'
import { ensureRolePasswords, roleAttributes } from './roles.ts'

let home: string
let database: EmbeddedDatabase
beforeAll(async () => {
  home = temporaryHome()
  database = await startEmbeddedDatabase({ home, isDurable: false })
})
afterAll(async () => {
  await database.remove()
  rmSync(home, { recursive: true, force: true })
})

const asSuperuser = async (statements: string): Promise<void> => {
  const sql = superuserSqlAt(database.superuserUrl)
  try {
    await sql.unsafe(statements).simple()
  } finally {
    await sql.end()
  }
}

test('in a cluster without our roles, a CREATEROLE login is refused until an administrator made them as they should be', async () => {
  const rolesFile = join(home, 'roles.json')
  const url = Object.assign(new URL(database.superuserUrl), { username: 'deploy', password: 'of-this-test-only' }).href
  await asSuperuser(`create role deploy login createrole password 'of-this-test-only'`)
  const refusal: unknown = await migrate({ url, rolesFile }).catch((error: unknown) => error)
  for (const [role, attributes] of Object.entries(roleAttributes))
    expect(String(refusal)).toContain(`there is no role ${role} (${attributes})`)

  const sqlFor = () => readFileSync(join(home, 'administrator.sql'), 'utf8')
  await asSuperuser(sqlFor())
  await asSuperuser('alter role orinode_reach nobypassrls')
  await expect(migrate({ url, rolesFile })).rejects.toThrow(
    /the role orinode_reach is “nologin nosuperuser nobypassrls nocreatedb nocreaterole” and must be “nologin nosuperuser bypassrls/,
  )
  await asSuperuser(`alter role orinode_reach bypassrls; alter role orinode_worker password 'another'`)
  await expect(migrate({ url, rolesFile })).rejects.toThrow(/orinode_worker cannot log in with the password/)
  expect(sqlFor()).toContain(ensureRolePasswords(rolesFile).orinode_worker)
  await asSuperuser(sqlFor())
  expect(await migrate({ url, rolesFile })).toContain('0002-audit.sql')
})
