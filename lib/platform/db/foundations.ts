import 'server-only'

import postgres from 'postgres'

import { jobSchema } from '../jobs/job-schema.ts'
import { asIdentifier, loginRoles, roleAttributes, type RolePasswords, rolesSql } from './roles.ts'

export interface Foundations {
  database: string
  /** The login that migrates, when it is no superuser: it has to be let into the two roles that own things. */
  migrator?: string
  passwords: RolePasswords
}

/** What only a superuser may lay, and what migrations then build on. Running it again changes nothing. */
export function foundationsSql({ database, migrator, passwords }: Foundations): string {
  return [
    rolesSql(passwords, database),
    `create schema if not exists ${jobSchema} authorization orinode_owner;`,
    'create table if not exists public.orinode_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now());',
    'alter table public.orinode_migration owner to orinode_owner;',
    'revoke all on public.orinode_migration from public;',
    ...(migrator === undefined
      ? []
      : [
          `grant orinode_owner, orinode_reach to ${asIdentifier(migrator)};`,
          `grant connect on database ${asIdentifier(database)} to ${asIdentifier(migrator)};`,
        ]),
  ].join('\n')
}

/** The same for an administrator's own hands: all of it or none, and only in the database it is meant for. */
export function administratorSql(foundations: Foundations): string {
  return [
    '-- What a superuser of the database has to run once before Orinode can migrate it. It holds passwords: delete it afterwards.',
    'begin;',
    `set local orinode.meant_for = '${foundations.database.replaceAll("'", "''")}';`,
    "do $$ begin if current_database() <> current_setting('orinode.meant_for') then raise exception 'this is for another database'; end if; end $$;",
    foundationsSql(foundations),
    'commit;',
    '',
  ].join('\n')
}

/** What of the foundations is not there, in words; nothing when a login that is no superuser can migrate. */
export async function missingFoundations(
  sql: postgres.Sql,
  { url, passwords }: { url: string; passwords: RolePasswords },
): Promise<string[]> {
  const wrong = await wrongRoles(sql)
  if (wrong.length > 0) return wrong
  const open = await Promise.all(loginRoles.map((role) => opens(url, role, passwords[role])))
  return [...(await wrongRights(sql)), ...loginRoles.filter((_, at) => !open[at]).map(withoutEntry)]
}

const withoutEntry = (role: string): string => `${role} cannot log in with the password that roles.json has for it`

async function wrongRoles(sql: postgres.Sql): Promise<string[]> {
  const found = await sql<{ name: string; attributes: string }[]>`
    select rolname as name, concat_ws(' ',
      case when rolcanlogin then 'login' else 'nologin' end,
      case when rolsuper then 'superuser' else 'nosuperuser' end,
      case when rolbypassrls then 'bypassrls' else 'nobypassrls' end,
      case when rolcreatedb then 'createdb' else 'nocreatedb' end,
      case when rolcreaterole then 'createrole' else 'nocreaterole' end,
      case when rolcanlogin and not rolinherit then 'noinherit' end) as attributes
    from pg_roles where rolname = any (${Object.keys(roleAttributes)})`
  return Object.entries(roleAttributes).flatMap(([role, wanted]) => {
    const there = found.find(({ name }) => name === role)
    if (!there) return [`there is no role ${role} (${wanted})`]
    return there.attributes === wanted ? [] : [`the role ${role} is “${there.attributes}” and must be “${wanted}”`]
  })
}

/** Asked of the database by its own functions, in the words a person will read. */
async function wrongRights(sql: postgres.Sql): Promise<string[]> {
  const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`
  // Before 16 whoever is a member may also act as the role.
  const acting = (server?.version ?? 0) >= 160_000 ? 'SET' : 'MEMBER'
  const found = await sql<{ words: string }[]>`
    select words from (
      select format('%s may not act as %s', current_user, role) as words, not pg_has_role(current_user, role, ${acting}) as is_wrong
        from unnest(array['orinode_owner', 'orinode_reach']) as role
      union all select format('%s may not create in the schema public', role),
          not (has_schema_privilege(role, 'public', 'USAGE') and has_schema_privilege(role, 'public', 'CREATE'))
        from unnest(array['orinode_owner', 'orinode_reach']) as role
      union all select format('%s may not connect or not use the schema public', role),
          not has_database_privilege(role, current_database(), 'CONNECT') or not has_schema_privilege(role, 'public', 'USAGE')
        from unnest(${[...loginRoles]}::text[]) as role
      union all select 'the database or its schema public is open to every login',
        has_database_privilege('public', current_database(), 'CONNECT, TEMPORARY')
          or has_schema_privilege('public', 'public', 'USAGE, CREATE')
      union all select 'every login may make large objects, which lie outside row-level security',
        has_function_privilege('public', 'lo_create(oid)', 'EXECUTE') or has_function_privilege('public', 'lo_creat(integer)', 'EXECUTE')
          or has_function_privilege('public', 'lo_from_bytea(oid, bytea)', 'EXECUTE')
          or has_function_privilege('public', 'lo_put(oid, bigint, bytea)', 'EXECUTE')
      union all select format('there is no schema %s', ${jobSchema}::text),
        not exists (select from pg_namespace where nspname = ${jobSchema})
      union all select 'there is no table orinode_migration that belongs to orinode_owner',
        not exists (select from pg_class where relname = 'orinode_migration' and relnamespace = 'public'::regnamespace
          and relowner = 'orinode_owner'::regrole)
    ) as checks where is_wrong`
  return found.map(({ words }) => words)
}

async function opens(url: string, role: string, password: string): Promise<boolean> {
  const sql = postgres(Object.assign(new URL(url), { username: role, password }).href, { max: 1, connect_timeout: 5 })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
