import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { keyScopes } from '../../kernel/key-scope.ts'
import { newId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

const constraint = { table_name: 'api_key', constraint_name: 'api_key_scopes_known' }
const definition = async (): Promise<{ text: string; isValidated: boolean }> => {
  const [row] = await sql<{ text: string; isValidated: boolean }[]>`
    select pg_get_constraintdef(oid) as text, convalidated as "isValidated" from pg_constraint
    where conrelid = 'api_key'::regclass and conname = 'api_key_scopes_known'`
  return row ?? { text: '', isValidated: false }
}

/** Past the code, as SQL would have it. */
const insert = (scopes: (string | null)[]) => sql`
  insert into api_key (org, id, name, environment, key_hash, last4, scopes)
  values (${org.id}, ${newId()}, 'Past the code', 'live', ${crypto.getRandomValues(new Uint8Array(32))}, 'abcd', ${scopes}::text[])`

describe('the scopes of an API key, as the database knows them', () => {
  test('are those of the code, held against every row that was there before', async () => {
    const { text, isValidated } = await definition()
    const known = [...text.matchAll(/'([^']*)'::text/g)].map(([, scope]) => scope)
    expect(new Set(known)).toEqual(new Set(keyScopes))
    expect(isValidated).toBe(true)
  })

  test.each([
    ['none', []],
    ['one that nobody knows', ['calls.view', 'team.manage']],
    ['an operator’s', ['operators.view']],
    ['nothing in place of one', ['calls.view', null]],
  ])('may not be %s', async (_, scopes) => {
    await expect(insert(scopes)).rejects.toMatchObject({ code: '23514', ...constraint })
  })

  test.each(keyScopes)('may be %s, and may not then become another', async (scope) => {
    const { id } = await testKey(org.id, { scopes: [scope] })
    await expect(sql`update api_key set scopes = ${['calls.manage']} where id = ${id}`).rejects.toMatchObject({
      code: '23514',
      ...constraint,
    })
    expect(await sql`select scopes from api_key where id = ${id}`).toEqual([{ scopes: [scope] }])
  })

  test('may be all of them at once', async () => {
    const { id } = await testKey(org.id, { scopes: [...keyScopes] })
    expect(await sql`select scopes from api_key where id = ${id}`).toEqual([{ scopes: [...keyScopes] }])
  })
})
