import { inspect } from 'node:util'

import { sql as text } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { call } from '#drizzle/schema/call'
import { organisation } from '#drizzle/schema/organisation'
import { person } from '#drizzle/schema/person'

import { newId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { DatabaseError, isUnavailable, strippedError } from './database-error.ts'
import { openPool } from './pool.ts'
import { asOrganisation, lookUp, readAsOrganisation, send } from './transaction.ts'

const digits = '08035550142'
const email = `${digits}.${newId()}@example.test`
const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
  await sql`insert into person (id, email, name) values (gen_random_uuid(), ${email}, 'First')`
})
afterAll(() => sql.end())

async function refusalOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was refused')
}

const again = { id: newId(), email, name: `Name of ${digits}` }
const sealedOnPaper = Buffer.from(`plain ${digits} that nobody sealed`)

/** Each makes PostgreSQL write the planted digits into its own error: detail, message, or the failing row. */
const leaky: [what: string, sqlstate: string, constraint: string | undefined, act: () => Promise<unknown>][] = [
  [
    'a unique violation through drizzle',
    '23505',
    'person_email_key',
    () => asOrganisation(org.id, (tx) => tx.insert(person).values(again)),
  ],
  [
    'a unique violation through send()',
    '23505',
    'person_email_key',
    () =>
      asOrganisation(org.id, (tx) =>
        send(tx, 'insert into person (id, email, name) values ($1, $2, $3)', [newId(), email, digits]),
      ),
  ],
  [
    'a check that fails, which quotes the whole row',
    '23514',
    'organisation_country_check',
    () =>
      asOrganisation(org.id, (tx) =>
        tx.insert(organisation).values({
          id: org.id,
          slug: 'abcdefghij23',
          name: digits,
          country: 'nowhere',
          region: 'x',
          timeZone: 'UTC',
        }),
      ),
  ],
  [
    'a sealed column that is given plain bytes',
    '23514',
    'is_df1',
    () =>
      asOrganisation(org.id, (tx) =>
        tx.insert(call).values({
          org: org.id,
          id: newId(),
          environment: 'live',
          provider: 'api',
          externalIdSealed: sealedOnPaper,
          direction: 'inbound',
          callerKind: 'number',
          status: 'completed',
          startedAt: new Date(),
        }),
      ),
  ],
  [
    'a value of the wrong kind in a cheap read',
    '22P02',
    undefined,
    () => readAsOrganisation(org.id, (tx) => [tx.execute(text`select ${digits}::uuid`)]),
  ],
  ['a value of the wrong kind in a look-up', '22P02', undefined, () => lookUp('select $1::uuid', [digits])],
]

describe('a database error tells SQLSTATE and constraint, and nothing else', () => {
  test.each(leaky)('%s', async (_, sqlstate, constraint, act) => {
    const error = await refusalOf(act)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ sqlstate, constraint })
    const said = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error)]
    if (error instanceof Error) said.push(error.message, error.stack ?? '', inspect(error.cause))
    for (const one of said) {
      expect(one).not.toContain(digits)
      expect(one).not.toContain('plain')
    }
  })

  test('the driver itself does quote them, so there was something to strip', async () => {
    const raw = await refusalOf(
      () => sql`insert into person (id, email, name) values (gen_random_uuid(), ${email}, 'x')`,
    )
    expect(inspect(raw)).toContain(digits)
  })

  test('inside the work drizzle’s error still carries them, and leaves the transaction without', async () => {
    const seen: unknown[] = []
    const failing = asOrganisation(org.id, async (tx) => {
      const error = await refusalOf(() => tx.insert(person).values(again).execute())
      seen.push(error)
      throw error
    })
    await expect(failing).rejects.toBeInstanceOf(DatabaseError)
    expect(inspect(seen[0])).toContain(digits)
    expect(inspect(strippedError(seen[0]), { depth: 9 })).not.toContain(digits)
  })

  test('an error of ours passes unchanged', async () => {
    const ours = new TypeError('a sentence of ours')
    expect(strippedError(ours)).toBe(ours)
    expect(strippedError('not even an error')).toBe('not even an error')
    await expect(asOrganisation(org.id, () => Promise.reject(ours))).rejects.toBe(ours)
  })
})

describe('an outage is told from a mistake', () => {
  test('nobody at the address', async () => {
    const nowhere = openPool('orinode_web', 1, { host: '127.0.0.1', port: 1 })
    const error = await refusalOf(() => lookUp('select 1', [], nowhere))
    await nowhere.sql.end()
    expect(error).toBeInstanceOf(DatabaseError)
    expect(isUnavailable(error)).toBe(true)
    expect(inspect(error)).not.toContain('127.0.0.1')
  })

  test.each(['08006', '53300', '57P01', 'ECONNREFUSED', 'EPIPE'])('%s is an outage', (state) => {
    expect(isUnavailable(new DatabaseError(state))).toBe(true)
  })
  test.each(['23505', '42501', '40000', 'OR001', '22P02'])('%s is not', (state) => {
    expect(isUnavailable(new DatabaseError(state))).toBe(false)
  })
})
