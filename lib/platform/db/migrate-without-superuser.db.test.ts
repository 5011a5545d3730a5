import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ensureTestDatabase, superuserSql, superuserSqlAt } from '../../testing/database.ts'
import { SettingError } from '../env.ts'
import { migrate } from './migrate.ts'
import { readRolePasswords } from './roles.ts'

const sql = superuserSql()
const databases: string[] = []
const logins: string[] = []
let folder: string
let superuserUrl: string
let rolesFile: string
beforeAll(async () => {
  const database = await ensureTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  // The roles are the cluster's, so their passwords stay as they are; what is written beside them is this file's.
  rolesFile = join(folder, 'roles.json')
  copyFileSync(database.rolesFile, rolesFile)
  ;({ superuserUrl } = database)
})
afterAll(async () => {
  for (const name of databases) await sql.unsafe(`drop database if exists ${name}`)
  for (const name of logins) await sql.unsafe(`drop role if exists ${name}`)
  await sql.end()
  rmSync(folder, { recursive: true, force: true })
})

const administratorFile = (): string => join(folder, 'administrator.sql')
const unique = (word: string): string => `${word}_${randomBytes(6).toString('hex')}`

interface Empty {
  name: string
  /** As the superuser. */
  url: string
}

async function emptyDatabase(): Promise<Empty> {
  const name = unique('unprivileged')
  await sql.unsafe(`create database ${name} template template0`)
  databases.push(name)
  return { name, url: Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href }
}

/** Somebody who can log in to this database and has these attributes. */
async function login(database: Empty, attributes: string): Promise<{ name: string; url: string }> {
  const name = unique('login')
  const password = randomBytes(12).toString('hex')
  await sql.unsafe(`create role ${name} login ${attributes} password '${password}'`)
  logins.push(name)
  return { name, url: Object.assign(new URL(database.url), { username: name, password }).href }
}

async function inDatabase(url: string, statements: string): Promise<void> {
  const here = superuserSqlAt(url)
  try {
    await here.unsafe(statements).simple()
  } finally {
    await here.end()
  }
}

const refusalOf = async (url: string): Promise<string> => {
  const refusal: unknown = await migrate({ url, rolesFile }).catch((error: unknown) => error)
  if (!(refusal instanceof SettingError)) throw new Error('not refused as a setting', { cause: refusal })
  return refusal.message
}

describe.each(['createrole', 'createrole noinherit'])('a login with %s that is no superuser', (attributes) => {
  test('is told what is missing and which file lays it; once that has run, it migrates', async () => {
    const empty = await emptyDatabase()
    const deploy = await login(empty, attributes)
    const words = await refusalOf(deploy.url)
    expect(words).toContain(`${deploy.name} is no superuser`)
    expect(words).toContain(`A superuser of the database ${empty.name} has to run ${administratorFile()}`)
    for (const missing of [
      `${deploy.name} may not act as orinode_owner`,
      `${deploy.name} may not act as orinode_reach`,
      'is open to every login',
      'there is no schema jobs',
      'there is no table orinode_migration',
    ])
      expect(words).toContain(missing)
    expect(statSync(administratorFile()).mode & 0o777).toBe(0o600)

    await inDatabase(empty.url, readFileSync(administratorFile(), 'utf8'))
    const ran = await migrate({ url: deploy.url, rolesFile })
    expect(ran[0]).toBe('0001-foundation.sql')
    // Its passwords were for the administrator only.
    expect(existsSync(administratorFile())).toBe(false)
    expect(await migrate({ url: deploy.url, rolesFile })).toEqual([])
    expect(await migrate({ url: empty.url, rolesFile })).toEqual([])
  })
})

describe('still refused', () => {
  test('is a plain login nobody let in, where everything else is laid', async () => {
    const empty = await emptyDatabase()
    await migrate({ url: empty.url, rolesFile })
    const plain = await login(empty, '')
    await sql.unsafe(`grant connect on database ${empty.name} to ${plain.name}`)
    const words = await refusalOf(plain.url)
    expect(words.match(/^ {4}- .*$/gm)).toEqual([
      `    - ${plain.name} may not act as orinode_owner`,
      `    - ${plain.name} may not act as orinode_reach`,
    ])
  })

  test('is one that was let into one of the two roles only', async () => {
    const empty = await emptyDatabase()
    await migrate({ url: empty.url, rolesFile })
    const half = await login(empty, '')
    await sql.unsafe(`grant orinode_owner to ${half.name}; grant connect on database ${empty.name} to ${half.name}`)
    expect((await refusalOf(half.url)).match(/^ {4}- .*$/gm)).toEqual([
      `    - ${half.name} may not act as orinode_reach`,
    ])
  })

  test.each([
    [
      'a database open to every login',
      (name: string) => `grant connect on database ${name} to public`,
      'is open to every login',
    ],
    ['a schema open to every login', () => 'grant usage on schema public to public', 'is open to every login'],
    [
      'large objects open to every login',
      () => 'grant execute on function lo_creat(integer) to public',
      'large objects',
    ],
    [
      'a web login kept out',
      (name: string) => `revoke connect on database ${name} from orinode_web`,
      'orinode_web may not connect',
    ],
    [
      'an owner that may not create',
      () => 'revoke create on schema public from orinode_owner',
      'orinode_owner may not create',
    ],
  ])('is one in front of %s', async (_, spoil, words) => {
    const empty = await emptyDatabase()
    const deploy = await login(empty, '')
    await refusalOf(deploy.url)
    await inDatabase(empty.url, readFileSync(administratorFile(), 'utf8'))
    await inDatabase(empty.url, spoil(empty.name))
    expect(await refusalOf(deploy.url)).toContain(words)
    await inDatabase(empty.url, readFileSync(administratorFile(), 'utf8'))
    expect((await migrate({ url: deploy.url, rolesFile })).length).toBeGreaterThan(3)
  })
})

test('the file does nothing in another database than the one it is for', async () => {
  const [meant, other] = [await emptyDatabase(), await emptyDatabase()]
  const deploy = await login(meant, '')
  await refusalOf(deploy.url)
  await expect(inDatabase(other.url, readFileSync(administratorFile(), 'utf8'))).rejects.toThrow(
    'this is for another database',
  )
  expect(await refusalOf(deploy.url)).toContain('may not act as orinode_owner')
})

test('no password is in the words', async () => {
  const empty = await emptyDatabase()
  const words = await refusalOf((await login(empty, 'createrole')).url)
  for (const password of Object.values(readRolePasswords(rolesFile))) {
    expect(words).not.toContain(password)
    expect(readFileSync(administratorFile(), 'utf8')).toContain(password)
  }
})
