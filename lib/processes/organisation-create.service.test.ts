import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkPassword } from '#lib/features/identity/index'

import { newId } from '../kernel/ids.ts'
import { systemEnvironment } from '../platform/env-commands.ts'
import { ensureTestDatabase, superuserSql, type TestDatabase } from '../testing/database.ts'
import { testPlatform } from '../testing/organisation.ts'

const sql = superuserSql()
let database: TestDatabase
beforeAll(async () => {
  database = await ensureTestDatabase()
  await testPlatform()
  copyFileSync(database.rolesFile, join(database.home, 'roles.json'))
})
afterAll(() => sql.end())

const someone = (): string => `owner.${randomBytes(6).toString('hex')}@example.test`
const whole = (owner: string): Record<string, string> => ({
  name: 'Adaora Clinic',
  country: 'NG',
  'time-zone': 'Africa/Lagos',
  owner,
})

function create(options: Record<string, string>, more: string[] = [], url = database.superuserUrl) {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const ran = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'bootstrap.mjs'), 'organisation-create', '--', ...words, ...more],
    {
      env: { ...systemEnvironment(), NODE_ENV: 'production', ORINODE_HOME: database.home, DATABASE_URL: url },
      encoding: 'utf8',
    },
  )
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}
const organisations = async (): Promise<number> =>
  (await sql<{ n: number }[]>`select count(*)::int as n from organisation`)[0]?.n ?? 0
const log = (): string => readFileSync(join(database.home, 'logs/organisation-create.log'), 'utf8')

const tried = (email: string, password: string) =>
  checkPassword({ email, password }, { requestId: newId<'request'>(), address: '127.0.0.1', userAgent: 'test' })
const someText: unknown = expect.any(String)
const aText = (part: string): unknown => expect.stringContaining(part)

describe('an organisation made by hand', () => {
  test('has one owner, who signs in with the password that was shown once', async () => {
    const email = someone()
    const { code, out, err } = create(whole(email.toUpperCase()))
    expect([code, err]).toEqual([0, ''])
    const [, slug = '', shown = '', password = ''] =
      /^Adaora Clinic is at \/o\/(\S+)\n(\S+) signs in with (\S+), shown this once\.\n$/.exec(out) ?? []
    expect(shown).toBe(email)
    expect(await tried(email, password)).toEqual({ personId: someText })
    expect(await tried(email, `${password}x`)).toBe('wrong')
    const members = await sql<{ org: string; role: string }[]>`
      select m.org, m.role from member m join organisation o on o.id = m.org where o.slug = ${slug}`
    expect(members).toMatchObject([{ role: 'owner' }])
    const entries = await sql`
      select action from audit_entry where org = ${members[0]?.org ?? ''} and result = 'done' order by recorded_at, id`
    expect(entries.map(({ action }) => String(action)).toSorted()).toEqual(['member.added', 'organisation.created'])
    expect(log()).not.toContain(password)
  })

  test('asks nobody new for a new password: who has an account signs in as before', async () => {
    const email = someone()
    const first = / signs in with (\S+),/.exec(create(whole(email)).out)?.[1] ?? ''
    const again = create({ ...whole(email), name: 'A second clinic' })
    expect(again.out).toMatch(new RegExp(`^A second clinic is at /o/\\S+\\n${email} signs in as before\\.\\n$`))
    expect(await tried(email, first)).toEqual({ personId: someText })
  })
})

describe('what is not usable is refused before anything is made', () => {
  test.each<[what: string, change: Record<string, string>, more: string[], named: string]>([
    ['no name', { name: ' ' }, [], '--name'],
    ['a name too long', { name: 'x'.repeat(121) }, [], '--name'],
    ['a country in words', { country: 'Nigeria' }, [], '--country'],
    ['a country in small letters', { country: 'ng' }, [], '--country'],
    ['a time zone nobody lives in', { 'time-zone': 'Mars/Olympus' }, [], '--time-zone'],
    ['an owner without an address', { owner: 'adaora' }, [], '--owner'],
    ['an owner longer than a name may be', { owner: `${'a'.repeat(112)}@example.org` }, [], '--owner'],
    ['an option nobody knows', {}, ['--masking', 'off'], '--masking'],
    ['a word without an option', {}, ['quickly'], 'words without an option'],
  ])('%s', async (_, change, more, named) => {
    const before = await organisations()
    const { code, out, err } = create({ ...whole(someone()), ...change }, more)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(`Missing or not usable: ${named}`)
    expect(err).toContain('npm run organisation:create -- --name')
    expect(await organisations()).toBe(before)
  })

  test.each(['name', 'country', 'time-zone', 'owner'])('nothing given for --%s', (name) => {
    const options = Object.fromEntries(Object.entries(whole(someone())).filter(([option]) => option !== name))
    const { code, err } = create(options)
    expect([code, err]).toEqual([1, expect.stringContaining(`Missing or not usable: --${name}.`)])
  })

  test('no database, or one that does not let us in; its password is said by nothing', () => {
    expect(create(whole(someone()), [], '')).toMatchObject({
      code: 1,
      err: aText('DATABASE_URL has to name the database'),
    })
    const { code, out, err } = create(whole(someone()), [], 'postgres://somebody:very-secret-word@127.0.0.1:1/none')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('It was not made')
    expect(err + log()).not.toContain('very-secret-word')
  })
})
