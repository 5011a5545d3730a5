import 'server-only'

import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

import { settingFile, settings, SettingError } from '../env.ts'
import { DatabaseError, strippedError } from './database-error.ts'
import { type LoginRole, readRolePasswords } from './roles.ts'

export interface Pool {
  readonly role: LoginRole
  /** Another one after connections broke: ask for it each time. */
  readonly sql: postgres.Sql
  /** Starts anew if `broken` is still the one in use. */
  renew(broken: postgres.Sql): void
}

const graceSeconds = 15

/**
 * A pool that outlives its server's restarts. The driver's own does not: a place whose connection broke while somebody held
 * or awaited it is never given out again, so what broke is replaced whole, and its other transactions may finish.
 */
export function openPool(role: LoginRole, max: number, more: Parameters<typeof connect>[2] = {}): Pool {
  const open = (): postgres.Sql => {
    const sql = connect(role, max, more)
    // drizzle turns off the driver's date parsing on these options; done now, so that every reader sees times the same way.
    drizzle(sql)
    return sql
  }
  let current = open()
  return {
    role,
    get sql() {
      return current
    },
    renew(broken) {
      if (broken !== current) return
      current = open()
      broken.end({ timeout: graceSeconds }).catch(() => {})
    },
  }
}

/** Two module instances live in the web process (Next's bundle and ours): the pool is kept where both find it. */
const shared = globalThis as typeof globalThis & { orinodePool?: Map<LoginRole, Pool> }

/** The one pool of this process for a role, opened when first asked for. Only web and worker processes hold one. */
export function pool(role: LoginRole = processRole()): Pool {
  shared.orinodePool ??= new Map()
  const open = shared.orinodePool.get(role)
  if (open) return open
  const made = openPool(role, settings().DATABASE_POOL_MAX)
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

/** Where the database is, with this role's name and password. */
export function loginUrl(role: LoginRole): URL {
  const base = settings().DATABASE_HOST_URL
  if (!base) throw new SettingError('DATABASE_HOST_URL is not set')
  const url = new URL(base)
  url.username = role
  url.password = readRolePasswords(settingFile('ROLES_FILE', 'roles.json'))[role]
  return url
}

/** An unpooled connection of its own (a listener's), or a pool of `max`. */
export function connect(
  role: LoginRole,
  max: number,
  more: Partial<postgres.Options<Record<string, never>>> = {},
): postgres.Sql {
  return postgres(loginUrl(role).href, {
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

export const acquireTimeoutMs = 5_000

/** A reserved connection. Once it is lost the driver neither answers on it nor takes it back: never touch it again. */
export interface Held {
  readonly sql: postgres.ReservedSql
  isLost: boolean
}

/** Runs `work` on one reserved connection. Waiting longer than five seconds for it is an outage, not a queue. */
export async function onConnection<T>(from: Pool, work: (held: Held) => Promise<T>): Promise<T> {
  const { sql } = from
  const held: Held = { sql: await acquire(from, sql), isLost: false }
  try {
    return await work(held)
  } finally {
    if (held.isLost) from.renew(sql)
    else held.sql.release()
  }
}

async function acquire(from: Pool, sql: postgres.Sql): Promise<postgres.ReservedSql> {
  let late = false
  let timer: NodeJS.Timeout | undefined
  const reserving = sql.reserve()
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true
      reject(new DatabaseError('53300'))
    }, acquireTimeoutMs)
  })
  reserving
    // A connection that comes after we gave up goes straight back.
    .then((connection) => late && connection.release())
    .catch(() => from.renew(sql))
  try {
    return await Promise.race([reserving, tooLate])
  } catch (error) {
    throw strippedError(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Refuses a login that could see past row-level security: superuser, BYPASSRLS, the owner of a table, or a member, at
 * however many removes, of a role that is one.
 * @throws SettingError
 */
export async function refuseStrongLogin(from: Pool): Promise<void> {
  const [login] = await from.sql<{ strong: boolean }[]>`
    select exists (select 1 from pg_roles r where (r.rolsuper or r.rolbypassrls) and pg_has_role(current_user, r.oid, 'member'))
      or exists (select 1 from pg_class c where c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'member')) as strong`
  if (!login || login.strong) {
    throw new SettingError(
      'The database login is a superuser, bypasses row-level security or owns tables: this process will not run as it',
    )
  }
}
