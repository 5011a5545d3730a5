import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall } from '#lib/features/calls/index'

import { commitmentTo } from '../ledger/append.ts'
import { type Canonical, canonicalJson } from '../ledger/canonical-json.ts'
import { superuserSql } from '../testing/database.ts'
import { testOrganisation, type TestOrganisation, testVault } from '../testing/organisation.ts'
import { toldCall } from '../testing/told-call.ts'
import { sealed } from '../vault/columns.ts'
import { mintNobody } from './actors.ts'
import { act, address, entriesOf, newKey, type Row, testCommand, userAgent } from './run.test-support.ts'
import { recorded } from './use-case.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

interface Detail {
  id: string
  name: string
  recorded_at: string
  value_sealed: Buffer
}
const detailsOf = (entry: string) =>
  sql<Detail[]>`select *, recorded_at::text from audit_detail where entry_id = ${entry}`

describe('the entry of an act', () => {
  let entry: Row
  let details: readonly Detail[]
  let requestId: string
  beforeAll(async () => {
    ;({ requestId } = await act(createKey, org.admin.actor, newKey()))
    const [first, ...more] = await entriesOf(sql, requestId)
    if (!first || more.length > 0) throw new Error('there is not exactly one entry')
    entry = first
    details = await detailsOf(entry.id)
  })

  test('stores the exact canonical bytes that are hashed, and its columns are copies of them', () => {
    const body = JSON.parse(entry.body.toString()) as Record<string, Canonical>
    expect(entry.body.toString()).toBe(canonicalJson(body))
    expect(body).toMatchObject({
      schema_version: 1,
      organisation: entry.org,
      actor: { kind: entry.actor_kind, id: entry.actor },
      action: entry.action,
      target: entry.target,
      result: entry.result,
      request_id: entry.request_id,
      api_key_id: entry.api_key_id,
    })
    expect(entry).toMatchObject({
      org: org.id,
      actor_kind: 'person',
      actor: org.admin.actor.id,
      action: 'api-key.created',
      result: 'done',
      request_id: requestId,
      api_key_id: null,
    })
    expect(body['facts']).toEqual({ environment: 'live', scopes: 'calls.view' })
  })

  test('names the row that changed', async () => {
    expect(await sql`select id from api_key where org = ${org.id} and id = ${entry.target}`).toHaveLength(1)
  })

  test('has details that open with the vault, and only there, to salt and value; they match their commitments', async () => {
    const vault = await testVault(org.id)
    const { details: commitments } = JSON.parse(entry.body.toString()) as { details: Record<string, string> }
    expect(Object.keys(commitments).toSorted()).toEqual(['address', 'user_agent'])
    const opened: Record<string, string> = {}
    for (const { id, name, value_sealed, recorded_at } of details) {
      const bytes = vault.openBytes(sealed.auditDetail.value, id, value_sealed)
      opened[name] = bytes.subarray(16).toString()
      expect(commitmentTo(bytes.subarray(0, 16), name, opened[name])).toBe(commitments[name])
      expect(recorded_at).toBe(entry.recorded_at)
      expect(() => vault.openBytes(sealed.auditDetail.value, entry.id, value_sealed)).toThrow()
    }
    expect(opened).toEqual({ address, user_agent: userAgent })
    const other = await testVault((await testOrganisation()).id)
    for (const { id, value_sealed } of details)
      expect(() => other.openBytes(sealed.auditDetail.value, id, value_sealed)).toThrow()
  })

  test('has a salt of its own in every detail', async () => {
    const vault = await testVault(org.id)
    const again = await act(createKey, org.admin.actor, newKey())
    const [second] = await entriesOf(sql, again.requestId)
    const all = [...details, ...(await detailsOf(second?.id ?? ''))]
    const salts = all.map(({ id, value_sealed }) =>
      vault.openBytes(sealed.auditDetail.value, id, value_sealed).subarray(0, 16).toString('hex'),
    )
    expect(new Set(salts).size).toBe(4)
  })

  test('puts the address and the browser nowhere in the open: in no column of any table', async () => {
    const tables = await sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      for (const planted of [address, userAgent]) {
        const hex = Buffer.from(planted).toString('hex')
        expect(
          await sql.unsafe(`select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0`, [
            planted,
            hex,
          ]),
          name,
        ).toEqual([])
      }
    }
    const seen = await sql.unsafe(`select 1 from audit_entry t where position($1 in t::text) > 0`, [requestId])
    expect(seen.length, 'the same search finds what is there').toBeGreaterThan(0)
  })

  test('of a key names the key, and of nobody nobody', async () => {
    const told = await act(ingestCall, org.keyActor, toldCall())
    expect(await entriesOf(sql, told.requestId)).toMatchObject([
      { actor_kind: 'api_key', actor: org.keyActor.id, api_key_id: org.keyActor.id },
    ])
    const stranger = await act(createKey, mintNobody(), {})
    expect(await entriesOf(sql, stranger.requestId)).toMatchObject([
      { actor_kind: 'nobody', actor: null, api_key_id: null, result: 'refused' },
    ])
  })

  test('takes words no database could store as they are: lone surrogates, other spellings, no length', async () => {
    const details = { note: 'cafe\u0301 \ud800 \u0000', empty: '' }
    const useCase = testCommand(() => Promise.resolve(recorded({}, { target: null, details })))
    const { requestId: asked, failed } = await act(useCase, org.owner.actor, {})
    expect(failed).toBeNull()
    const vault = await testVault(org.id)
    const [said] = await entriesOf(sql, asked)
    const values = (await detailsOf(said?.id ?? '')).map(({ id, name, value_sealed }) => [
      name,
      vault.openBytes(sealed.auditDetail.value, id, value_sealed).subarray(16).toString(),
    ])
    expect(Object.fromEntries(values)).toEqual({
      note: 'caf\u00e9 \ufffd \u0000',
      empty: '',
      address,
      user_agent: userAgent,
    })
  })
})
