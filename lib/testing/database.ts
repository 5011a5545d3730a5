import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import postgres from 'postgres'
import { inject } from 'vitest'

import { loginRoles } from '../platform/db/roles.ts'

export interface DatabaseServer {
  home: string
  rolesFile: string
  superuserUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer
  }
}

export interface TestDatabase {
  /** Without credentials; what DATABASE_HOST_URL holds. */
  hostUrl: string
  superuserUrl: string
  rolesFile: string
  /** ORINODE_HOME of this worker. */
  home: string
}

const template = 'orinode'
// Vitest numbers the workers that run at the same time; files that follow each other share a number.
const worker = `worker_${process.env['VITEST_POOL_ID'] ?? '1'}`

/** This worker's own database, cloned from the migrated template at first use. */
function testDatabase(): TestDatabase {
  const server = inject('databaseServer')
  const superuserUrl = new URL(server.superuserUrl)
  superuserUrl.pathname = `/${worker}`
  const hostUrl = new URL(superuserUrl)
  hostUrl.username = ''
  hostUrl.password = ''
  return {
    hostUrl: hostUrl.href,
    superuserUrl: superuserUrl.href,
    rolesFile: server.rolesFile,
    home: join(server.home, worker),
  }
}

/** A superuser's connection to this worker's database, for planting and for looking behind the walls. Call `end()`. */
export function superuserSql(options: { max?: number } = {}): postgres.Sql {
  return superuserSqlAt(testDatabase().superuserUrl, options)
}

/** The same to any database whose address a test has. */
export function superuserSqlAt(url: string, options: { max?: number } = {}): postgres.Sql {
  return postgres(url, { max: options.max ?? 1, onnotice: () => {} })
}

/** Makes the clone and the home if this worker has none yet. */
export async function ensureTestDatabase(): Promise<TestDatabase> {
  const database = testDatabase()
  mkdirSync(join(database.home, 'kms'), { recursive: true, mode: 0o711 })
  // Never connected to the template itself: a database with guests cannot be cloned.
  const elsewhere = new URL(database.superuserUrl)
  elsewhere.pathname = '/postgres'
  const sql = postgres(elsewhere.href, { max: 1, onnotice: () => {} })
  try {
    const [known] = await sql`select 1 from pg_database where datname = ${worker}`
    if (!known) await cloneTemplate(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
  return database
}

async function cloneTemplate(sql: postgres.Sql): Promise<void> {
  const inUse = '55006'
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sql.unsafe(`create database ${worker} template ${template}`)
      break
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || error.code !== inUse || attempt === 20) throw error
      await sleep(100)
    }
  }
  // A clone takes over everything but the rights on the database itself.
  await sql.unsafe(
    `revoke all on database ${worker} from public; grant connect on database ${worker} to ${loginRoles.join(', ')}`,
  )
}
