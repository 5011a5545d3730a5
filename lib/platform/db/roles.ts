import 'server-only'

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { z } from 'zod'

export const loginRoles = ['orinode_web', 'orinode_worker', 'orinode_operator'] as const
export type LoginRole = (typeof loginRoles)[number]

const Passwords = z.record(z.enum(loginRoles), z.string().min(24))
export type RolePasswords = Record<LoginRole, string>

export function readRolePasswords(file: string): RolePasswords {
  return Passwords.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** The passwords in the file, made (mode 0600) the first time. */
export function ensureRolePasswords(file: string): RolePasswords {
  if (existsSync(file)) return readRolePasswords(file)
  mkdirSync(dirname(file), { recursive: true, mode: 0o711 })
  const made = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(24).toString('base64url')]))
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' })
  return readRolePasswords(file)
}

/** What each role of the house is: nobody who can log in owns a table or bypasses row-level security. */
export const roleAttributes = {
  orinode_owner: 'nologin nosuperuser nobypassrls nocreatedb nocreaterole',
  orinode_reach: 'nologin nosuperuser bypassrls nocreatedb nocreaterole',
  orinode_web: 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit',
  orinode_worker: 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit',
  orinode_operator: 'login nosuperuser nobypassrls nocreatedb nocreaterole noinherit',
} satisfies Record<LoginRole | 'orinode_owner' | 'orinode_reach', string>

/** The roles of the house, as SQL an administrator could run by hand. Passwords are base64url, so they need no quoting. */
export function rolesSql(passwords: RolePasswords, database: string): string {
  const withPassword: Readonly<Record<string, string>> = passwords
  const create = ([role, attributes]: [string, string]): string => {
    const password = withPassword[role]
    return (
      `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if; end $$;\n` +
      `alter role ${role} ${attributes}${password === undefined ? '' : ` password '${password}'`};`
    )
  }
  const quoted = asIdentifier(database)
  return [
    ...Object.entries(roleAttributes).map(create),
    `revoke all on database ${quoted} from public;`,
    `grant connect on database ${quoted} to ${loginRoles.join(', ')};`,
    'revoke all on schema public from public;',
    `grant usage on schema public to orinode_owner, orinode_reach, ${loginRoles.join(', ')};`,
    'grant create on schema public to orinode_owner, orinode_reach;',
    // Large objects lie outside row-level security.
    'revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea) from public;',
  ].join('\n')
}

export const asIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
