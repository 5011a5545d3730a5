import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { TestProject } from 'vitest/node'

import { migrate } from '../platform/db/migrate.ts'
import { startEmbeddedDatabase } from '../platform/embedded-database/start.ts'
import type { DatabaseServer } from './database.ts'
import { sweepAbandonedHomes, temporaryHome } from './home.ts'

/** One PostgreSQL for the run, its database migrated once; workers clone it (see database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandonedHomes()
  const home = temporaryHome()
  const binaries = process.env['TEST_POSTGRES_BIN']
  const database = await startEmbeddedDatabase({ home, isDurable: false, ...(binaries ? { binaries } : {}) })
  const close = async (): Promise<void> => {
    await database.remove()
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const rolesFile = join(home, 'roles.json')
    await migrate({ url: database.superuserUrl, rolesFile })
    const server: DatabaseServer = { home, rolesFile, superuserUrl: database.superuserUrl }
    project.provide('databaseServer', server)
    return close
  } catch (error) {
    await close()
    throw error
  }
}
