import 'server-only'

import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

import { settingFile, settings, SettingError } from '../env.ts'
import { DatabaseError, strippedError } from './database-error.ts'
import { type LoginRole, readRolePasswords } from './roles.ts'

export interface Pool {
  readonly role: LoginRole
  readonly sql: postgres.Sql
}

/** Two module instances live in the web process (Next's bundle and ours): the pool is kept where both find it. */
const shared = globalThis as typeof globalThis & { orinodePool?: Map<LoginRole, Pool> }

/** The one pool of this process for a role, opened when first asked for. Only web and worker processes hold one. */
export function pool(role: LoginRole = processRole()): Pool {
  shared.orinodePool ??= new Map()
  const open = shared.orinodePool.get(role)
  if (open) return open
  const made: Pool = { role, sql: connect(role, settings().DATABASE_POOL_MAX) }
  // drizzle turns off the driver's date parsing on these options; done now, so that every reader sees times the same way.
  drizzle(made.sql)
  shared.orinodePool.set(role, made)
  return made
}

/** Ends every pool; statements under way get five seconds. */
export async function closePools(): Promise<void> {
  const open = [...(shared.orinodePool?.values() ?? [])]
  shared.orinodePool?.clear()
  await Promise.all(open.map((one) => one.sql.end({ timeout: 5 })))
}

const roleOfProcess = globalThis as typeof globalThis & { orinodeRole?: LoginRole }

/** Said once by a process's main: which login its transactions use. */
export function setProcessRole(role: LoginRole): void {
  roleOfProcess.orinodeRole = role
}

function processRole(): LoginRole {
  return roleOfProcess.orinodeRole ?? 'orinode_web'
}

/** An unpooled connection of its own (a listener's), or a pool of `max`. */
export function connect(
  role: LoginRole,
  max: number,
  more: Partial<postgres.Options<Record<string, never>>> = {},
): postgres.Sql {
  const base = settings().DATABASE_HOST_URL
  if (!base) throw new SettingError('DATABASE_HOST_URL is not set')
  const url = new URL(base)
  url.username = role
  url.password = readRolePasswords(settingFile('ROLES_FILE', 'roles.json'))[role]
  return postgres(url.href, {
    max,
    idle_timeout: 0,
    connect_timeout: 5,
    max_lifetime: 60 * 60,
    onnotice: () => {},
    // Left on: without it a first `reserve` on a new connection is never answered.
    fetch_types: true,
    connection: {
      application_name: role,
      statement_timeout: 15_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
    },
    ...more,
  })
}

const acquireTimeoutMs = 5_000

/** A reserved connection. Once it is lost the driver neither answers on it nor takes it back: never touch it again. */
export interface Held {
  readonly sql: postgres.ReservedSql
  isLost: boolean
}

/** Runs `work` on one reserved connection. Waiting longer than five seconds for it is an outage, not a queue. */
export async function onConnection<T>(from: Pool, work: (held: Held) => Promise<T>): Promise<T> {
  const held: Held = { sql: await acquire(from), isLost: false }
  try {
    return await work(held)
  } finally {
    if (!held.isLost) held.sql.release()
  }
}

async function acquire(from: Pool): Promise<postgres.ReservedSql> {
  let late = false
  let timer: NodeJS.Timeout | undefined
  const reserving = from.sql.reserve()
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true
      reject(new DatabaseError('53300'))
    }, acquireTimeoutMs)
  })
  // A connection that comes after we gave up goes straight back.
  reserving.then((connection) => late && connection.release()).catch(() => {})
  try {
    return await Promise.race([reserving, tooLate])
  } catch (error) {
    throw strippedError(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Refuses a login that could see past row-level security: superuser, BYPASSRLS, or the owner of a table.
 * @throws SettingError
 */
export async function refuseStrongLogin(from: Pool): Promise<void> {
  const [login] = await from.sql<{ strong: boolean }[]>`
    select rolsuper or rolbypassrls
      or exists (select 1 from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p'))
      or pg_has_role(current_user, 'orinode_owner', 'member') or pg_has_role(current_user, 'orinode_reach', 'member') as strong
    from pg_roles r where rolname = current_user`
  if (!login || login.strong) {
    throw new SettingError(
      'The database login is a superuser, bypasses row-level security or owns tables: this process will not run as it',
    )
  }
}
