import { migrate } from '../../platform/db/migrate.ts'
import { startEmbeddedDatabase } from '../../platform/embedded-database/start.ts'
import type { Home } from '../../platform/home/home.ts'
import { lastLines } from './leashed-process.ts'
import { Refusal, remark, step } from './steps.ts'
import { type Supervised, supervise } from './supervise.ts'

export interface Database {
  /** For migrating; handed to no other process. */
  migratingUrl: string
  hostUrl: string
  isEmbedded: boolean
  server?: Supervised
}

/** The home's own PostgreSQL, kept running; or the one a person named, of which only the address is used later. */
export async function openDatabase(home: Home, given: string | undefined, onRestart: () => void): Promise<Database> {
  if (given !== undefined) return { migratingUrl: given, hostUrl: withoutCredentials(given), isEmbedded: false }
  return await step('database', async () => {
    let port: number | undefined
    const start = async () => {
      const database = await startEmbeddedDatabase({ home: home.folder, say: remark })
      if (port !== undefined && port !== database.port) {
        await database.stop()
        throw new Refusal('Another program took the port of the database.', 'Start again: a new port will be chosen.')
      }
      port = database.port
      return database
    }
    const first = await start()
    let next: typeof first | undefined = first
    const server = await supervise({
      name: 'the database',
      start: async () => {
        const database = next ?? (await start())
        next = undefined
        return database
      },
      onRestart,
      lastWords: () => lastLines(`${home.logs}/database.log`),
    })
    return { migratingUrl: first.superuserUrl, hostUrl: first.hostUrl, isEmbedded: true, server }
  })
}

/** Migrates; where the database is a person's own and does not let us in, says so without its address or password. */
export async function bringUpToDate(database: Database, rolesFile: string): Promise<void> {
  try {
    await migrate({ url: database.migratingUrl, rolesFile })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (database.isEmbedded || !/^(?:E[A-Z]+|CONNECT\w*|28\w{3}|3D000|53300)$/.test(code)) throw error
    throw new Refusal(
      `The database that DATABASE_URL names does not let us in (${code}).`,
      'See that it runs, that the address and password are right and that the database exists.',
    )
  }
}

function withoutCredentials(address: string): string {
  const url = new URL(address)
  url.username = ''
  url.password = ''
  return url.href
}
