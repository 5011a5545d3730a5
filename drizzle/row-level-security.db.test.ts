import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { connect } from '../lib/platform/db/pool.ts'
import { superuserSql } from '../lib/testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../lib/testing/organisation.ts'
import { ingestCall } from '../lib/features/calls/index.ts'
import { placeless, untrailed } from './tenant-tables.ts'

const sql = superuserSql()
const web = connect('orinode_web', 1)
const logins = ['orinode_web', 'orinode_worker', 'orinode_operator']
afterAll(() => Promise.all([sql.end(), web.end()]))

interface Table {
  name: string
  enabled: boolean
  forced: boolean
  partition: boolean
  org: string | null
}

async function tables(): Promise<Table[]> {
  return sql<Table[]>`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, c.relispartition as partition,
      (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attname in ('org') and not a.attisdropped) as org
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`
}

describe('the database lock', () => {
  let one: TestOrganisation
  let other: TestOrganisation
  beforeAll(async () => {
    ;[one, other] = await Promise.all([testOrganisation(), testOrganisation()])
    for (const org of [one, other]) {
      await runAs(ingestCall, org.keyActor, {
        external_id: 'rls',
        direction: 'inbound',
        caller: '+2348035550111',
        number: '+2342017000001',
        agent: 'a',
        status: 'completed',
        started_at: '2026-11-24T09:00:00Z',
        transcript: [{ role: 'caller', text: 'hello', at_ms: 0 }],
      })
    }
  })

  test('every table is a tenant table, or listed as placeless with a reason', async () => {
    const unplaced = (await tables())
      .filter((table) => table.org === null && table.name !== 'organisation')
      .map((table) => table.name)
    expect(unplaced).toEqual(Object.keys(placeless).toSorted())
  })

  test('row-level security binds every tenant table, its owner and its partitions included', async () => {
    const open = (await tables()).filter(
      (table) => table.name !== 'orinode_migration' && !(table.enabled && table.forced),
    )
    expect(open).toEqual([])
    expect((await tables()).filter((table) => table.partition).length).toBeGreaterThanOrEqual(8)
  })

  test('no policy lets in a transaction without an organisation', async () => {
    for (const { name, partition } of await tables()) {
      if (partition || name === 'session' || name === 'orinode_migration') continue
      const columns = name === 'person' ? 'id' : '*'
      expect(await web.unsafe(`select ${columns} from ${name}`), name).toEqual([])
    }
  })

  test('a transaction sees its own organisation only, in every tenant table', async () => {
    const seenSomewhere: string[] = []
    for (const { name, org, partition } of await tables()) {
      if (partition || (org === null && name !== 'organisation')) continue
      const column = org ?? 'id'
      const seen = await web.begin(async (tx) => {
        await tx`select set_config('app.org', ${one.id}, true)`
        return tx.unsafe<{ org: string }[]>(`select distinct ${column} as org from ${name}`)
      })
      expect(
        seen.filter((row) => row.org !== one.id),
        name,
      ).toEqual([])
      seenSomewhere.push(...seen.map(() => name))
    }
    expect(seenSomewhere).toEqual(expect.arrayContaining(['audit_entry', 'call', 'call_turn', 'tenant_key']))
  })

  test('a row cannot be written into another organisation', async () => {
    await expect(
      web.begin(async (tx) => {
        await tx`select set_config('app.org', ${one.id}, true)`
        await tx`insert into outbox_event (org, id, type, payload) values (${other.id}, gen_random_uuid(), 'x', '{}')`
      }),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('a foreign key cannot reach into another organisation', async () => {
    const [foreign] = await sql<{ id: string }[]>`select id from call where org = ${other.id}`
    await expect(
      web.begin(async (tx) => {
        await tx`select set_config('app.org', ${one.id}, true)`
        await tx`insert into call_turn (org, id, call_id, seq, role, at_ms, text_sealed)
          select org, gen_random_uuid(), ${foreign?.id ?? ''}, 99, role, at_ms, text_sealed from call_turn limit 1`
      }),
    ).rejects.toMatchObject({ code: '23503' })
  })

  test('every primary key begins with the organisation, and every foreign key between tenant tables carries it', async () => {
    const keys = await sql<{ name: string; definition: string }[]>`
      select conrelid::regclass::text as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where contype = 'p' and connamespace = 'public'::regnamespace`
    const tenant = new Set((await tables()).filter((table) => table.org !== null).map((table) => table.name))
    const misplaced = keys.filter((key) => tenant.has(key.name) && !key.definition.startsWith('PRIMARY KEY (org, '))
    expect(misplaced).toEqual([])
    const foreign = await sql<{ name: string; target: string; definition: string }[]>`
      select conrelid::regclass::text as name, confrelid::regclass::text as target, pg_get_constraintdef(oid) as definition from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace`
    const between = foreign.filter((key) => tenant.has(key.name) && tenant.has(key.target))
    expect(between.length).toBeGreaterThan(3)
    expect(between.filter((key) => !key.definition.startsWith('FOREIGN KEY (org, '))).toEqual([])
  })

  test('nobody who can log in has a right on a partition, owns a table, or bypasses row-level security', async () => {
    const grants = await sql`
      select grantee, table_name from information_schema.role_table_grants g
        join pg_class c on c.relname = g.table_name and c.relnamespace = g.table_schema::regnamespace
      where c.relispartition and (g.grantee = any(${logins}) or g.grantee = 'PUBLIC')
        -- The queue's own tables have no policy that a partition could ignore; they are the worker's alone.
        and not (g.table_schema = 'jobs' and g.grantee = 'orinode_worker')`
    expect(grants).toEqual([])
    const strong = await sql`
      select rolname from pg_roles r where rolname = any(${logins})
        and (rolsuper or rolbypassrls or rolcreaterole or exists (select from pg_class c where c.relowner = r.oid))`
    expect(strong).toEqual([])
  })

  test('nobody who can log in may change, remove or empty the log, and PUBLIC may do nothing at all', async () => {
    const rights = await sql<{ grantee: string; table_name: string; privilege_type: string }[]>`
      select grantee, table_name, privilege_type from information_schema.role_table_grants
      where table_schema = 'public' and (grantee = any(${logins}) or grantee = 'PUBLIC')`
    expect(rights.filter((one) => one.grantee === 'PUBLIC')).toEqual([])
    expect(rights.filter((one) => one.table_name.startsWith('audit_') && one.privilege_type !== 'SELECT')).toEqual([])
    expect(rights.filter((one) => one.privilege_type === 'TRUNCATE')).toEqual([])
  })

  test('functions that look across organisations pin their search_path and are closed to PUBLIC', async () => {
    const definers = await sql<{ name: string; config: string[] | null; acl: string | null; owner: string }[]>`
      select p.oid::regprocedure::text as name, p.proconfig as config, p.proacl::text as acl, r.rolname as owner
      from pg_proc p join pg_roles r on r.oid = p.proowner where p.prosecdef and p.pronamespace = 'public'::regnamespace`
    expect(definers.length).toBeGreaterThan(10)
    for (const one of definers) {
      expect(
        one.config?.some((setting) => setting.startsWith('search_path=pg_catalog')),
        one.name,
      ).toBe(true)
      expect(one.acl, one.name).not.toBeNull()
      expect(one.acl, one.name).not.toMatch(/[{,]=X/)
    }
    // A trail function that saw nothing would refuse, so it needs no such setting.
    const across = definers.filter((one) => one.owner === 'orinode_reach' && !one.name.startsWith('trail_of_'))
    expect(across.filter((one) => !one.config?.includes('row_security=off'))).toEqual([])
  })

  test('every tenant table refuses a change without a trail, or is listed with a reason', async () => {
    const trailed = await sql<{ name: string }[]>`
      select distinct tgrelid::regclass::text as name from pg_trigger where tgname = 'needs_trail' and tgenabled = 'A'`
    const names = new Set(trailed.map((row) => row.name))
    const without = (await tables())
      .filter((table) => table.org !== null && !table.partition && !names.has(table.name))
      .map((table) => table.name)
    expect(without).toEqual(Object.keys(untrailed).toSorted())
    expect(names.has('organisation')).toBe(true)
  })
})
