import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../lib/testing/database.ts'

interface Column {
  type: string
  isNullable: boolean
  isGenerated: boolean
  hasDefault: boolean
}
type Columns = Record<string, Column>

/** In the database and not in drizzle, each with the reason. */
const databaseOnly: Record<string, string> = {
  'call_event.xid': 'not even its name may stand in an INSERT of ours',
  'orinode_migration.name': 'written while migrating, with the driver alone',
  'orinode_migration.sha256': 'the same',
  'orinode_migration.applied_at': 'the same',
}

const sql = superuserSql()
afterAll(() => sql.end())

/** drizzle's spelling of a type as PostgreSQL's short one. */
const shortNames: Record<string, string> = {
  integer: 'int4',
  bigint: 'int8',
  boolean: 'bool',
  'bigint[]': 'int8[]',
  'smallint[]': 'int2[]',
}
const shortType = (type: string): string =>
  shortNames[type] ?? type.replace(/^timestamp ?\((\d)\) with time zone$/, 'timestamptz($1)')

async function inDrizzle(): Promise<Columns> {
  const folder = join(import.meta.dirname, 'schema')
  const columns: Columns = {}
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>
    for (const table of Object.values(exported)) {
      if (!is(table, PgTable)) continue
      const { name, columns: own } = getTableConfig(table)
      for (const column of own) {
        const isGenerated = column.generated !== undefined
        columns[`${name}.${column.name}`] = {
          type: shortType(column.getSQLType()),
          isNullable: !column.notNull,
          isGenerated,
          hasDefault: !isGenerated && column.hasDefault,
        }
      }
    }
  }
  return columns
}

async function inDatabase(): Promise<Columns> {
  const rows = await sql<{ place: string; type: string; nullable: boolean; generated: boolean; defaulted: boolean }[]>`
    select table_name || '.' || column_name as place,
      case when data_type = 'ARRAY' then substr(udt_name, 2) || '[]'
        when udt_name = 'timestamptz' then 'timestamptz(' || datetime_precision || ')'
        else coalesce(domain_name, udt_name) end as type,
      is_nullable = 'YES' as nullable, is_generated = 'ALWAYS' as generated, column_default is not null as defaulted
    from information_schema.columns join pg_class on oid = (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass
    where table_schema = 'public' and not relispartition`
  return Object.fromEntries(
    rows.map(({ place, type, nullable, generated, defaulted }) => [
      place,
      { type, isNullable: nullable, isGenerated: generated, hasDefault: defaulted },
    ]),
  )
}

/** Every column that may hold readable text, each known to hold none of what must be sealed. */
const readable: Record<string, string> = {
  'api_key.name': 'typed by an admin for admins',
  'api_key.environment': 'enum',
  'api_key.last4': 'of 49 random characters',
  'api_key.scopes': 'permissions',
  'audit_detail.name': 'which detail it is, never what it says',
  'audit_entry.action': 'ours',
  'audit_entry.actor_kind': 'enum',
  'audit_entry.result': 'enum',
  'call.agent': 'our own agent',
  'call.caller_country': 'country',
  'call.caller_kind': 'enum',
  'call.caller_last3': 'the mask: three digits',
  'call.consent_state': 'enum',
  'call.consent_type': 'a word of the provider, redacted',
  'call.cost_components': 'names and amounts',
  'call.cost_currency': 'currency',
  'call.countries': 'countries',
  'call.direction': 'enum',
  'call.ended_reason': 'enum',
  'call.ended_reason_raw': 'a word of the provider, redacted',
  'call.environment': 'enum',
  'call.follow_up': 'enum',
  'call.judged': 'enum',
  'call.languages': 'language tags',
  'call.latency_ms': 'numbers of milliseconds',
  'call.number': 'our own line',
  'call.provider': 'enum',
  'call.sentiment': 'enum',
  'call.status': 'enum',
  'call.status_raw': 'a word of the provider, redacted',
  'call.told': 'marks of events: their times, their ranks and four bytes of a keyed hash',
  'call_event.environment': 'enum',
  'call_event.kind': 'the provider’s name for it',
  'call_event.provider': 'enum',
  'call_source.environment': 'enum',
  'call_source.provider': 'enum',
  'call_follow_up.state': 'enum',
  'call_turn.role': 'enum',
  'idempotency_answer.use_case': 'ours',
  'invitation.role': 'enum',
  'member.role': 'enum',
  'member_toggle.effect': 'enum',
  'member_toggle.permission': 'permission',
  'organisation.country': 'country',
  'organisation.currency': 'currency',
  'organisation.hours': 'times of day',
  'organisation.languages': 'language tags',
  'organisation.name': 'the organisation’s own',
  'organisation.plan': 'enum',
  'organisation.region': 'region',
  'organisation.slug': 'random',
  'organisation.time_zone': 'zone',
  'orinode_migration.name': 'file name',
  'orinode_migration.sha256': 'hash',
  'outbox_event.payload': 'ids and masks only',
  'outbox_event.type': 'ours',
  'person.email': 'belongs to no organisation’s key; looked up before one is known',
  'person.name': 'belongs to no organisation’s key',
  'person.password_hash': 'argon2id',
  'provider.environment': 'enum',
  'provider.kind': 'enum',
  'provider.name': 'typed by an admin for admins',
  'provider.settings': 'names of headers and fields, places, lines of our own: each kind’s shape lets in nothing else',
  'provider_rejection.reason': 'enum',
  'reconciliation.log_cost_currency': 'currency of the cost a provider’s log names',
  'reconciliation.result': 'ours, one of three',
  'recording.codec': 'enum',
  'saved_view.columns': 'enum',
  'saved_view.query':
    'enums, ids, tokens, numbers and days; of names only our own agents and lines, which a command checks',
  'tag.colour': 'enum',
  'tenant_key.kms_key': 'which key of the key service',
  'tenant_key.purpose': 'enum',
  'tenant_key.region': 'region',
  'tenant_key.state': 'enum',
  'phone_number.country': 'ISO 3166',
  'phone_number.hours': 'times of day',
  'phone_number.label': 'what the organisation calls its number',
  'phone_number.number': 'the organisation’s own',
  'phone_number.provider': 'who carries it',
  'phone_number.time_zone': 'of the tz database',
  'voice_agent.name': 'as calls name it in the open; no phone number passes',
}

describe('the schema in code and the schema in the database', () => {
  let code: Columns
  let database: Columns
  beforeAll(async () => {
    ;[code, database] = await Promise.all([inDrizzle(), inDatabase()])
  })

  test('name the same tables and columns, but for those listed', () => {
    const missing = Object.keys(database).filter((place) => !(place in code))
    expect(missing.toSorted()).toEqual(Object.keys(databaseOnly).toSorted())
    expect(Object.keys(code).filter((place) => !(place in database))).toEqual([])
    expect(Object.keys(code).length).toBeGreaterThan(100)
  })

  test('agree on each column’s type, null, default and whether the database makes it', () => {
    const known = Object.fromEntries(Object.entries(database).filter(([place]) => !(place in databaseOnly)))
    expect(code).toEqual(known)
  })

  test('agree on primary keys', async () => {
    const rows = await sql<{ name: string; columns: string[] }[]>`
      select conrelid::regclass::text as name, array(
        select attname::text from unnest(conkey) with ordinality as k (num, at) join pg_attribute on attrelid = conrelid and attnum = num order by at) as columns
      from pg_constraint join pg_class on pg_class.oid = conrelid
      where contype = 'p' and connamespace = 'public'::regnamespace and not relispartition and conrelid::regclass::text <> 'orinode_migration'`
    const folder = join(import.meta.dirname, 'schema')
    const inCode: Record<string, string[]> = {}
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>
      for (const table of Object.values(exported)) {
        if (!is(table, PgTable)) continue
        const { name, columns, primaryKeys } = getTableConfig(table)
        const [key] = primaryKeys
        inCode[name] = (key ? key.columns : columns.filter((column) => column.primary)).map((column) => column.name)
      }
    }
    expect(Object.fromEntries(rows.map(({ name, columns }) => [name, columns]))).toEqual(inCode)
  })
})

describe('what must be sealed', () => {
  test('every column whose name ends in _sealed has the domain that refuses anything but DF1, and no other column has it', async () => {
    const columns = Object.entries(await inDatabase())
    const sealed = columns.filter(([place]) => place.endsWith('_sealed'))
    expect(sealed.filter(([, { type }]) => type !== 'sealed')).toEqual([])
    expect(columns.filter(([place, { type }]) => type === 'sealed' && !place.endsWith('_sealed'))).toEqual([])
    expect(sealed.length).toBeGreaterThanOrEqual(11)
  })

  test('no column holds readable text but those listed, partitions included', async () => {
    const rows = await sql<{ place: string }[]>`
      select regexp_replace(table_name, '_\\d{4}_\\d{2}_\\d{2}$', '') || '.' || column_name as place
      from information_schema.columns
      where table_schema = 'public' and (domain_name is null or domain_name <> 'sealed')
        and udt_name not in ('uuid', '_uuid', 'bool', 'int2', '_int2', 'int4', 'int8', '_int8', 'timestamptz', 'bytea', 'xid8')`
    const found = [...new Set(rows.map((row) => row.place))]
    expect(found.toSorted()).toEqual(Object.keys(readable).toSorted())
  })

  test('plain bytes are hashes, tokens, wrapped keys or the audit body, never text without a seal', async () => {
    const bytes = Object.entries(await inDatabase()).filter(([, { type }]) => type === 'bytea')
    const known = bytes.filter(([place]) =>
      /(_hash|_token|\.fingerprint|^tenant_key\.wrapped|^audit_entry\.body)$/.test(place),
    )
    expect(bytes).toEqual(known)
    expect(bytes.length).toBeGreaterThan(5)
  })
})
