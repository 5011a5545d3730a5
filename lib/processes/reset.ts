import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { removeAbandonedDatabase } from '../platform/embedded-database/start.ts'
import { settings } from '../platform/env.ts'
import { takeHome } from './up/run-record.ts'
import { Refusal } from './up/steps.ts'

/** `npm run db:reset`: a fresh start. Takes away the home with its database, keys and demo cast; the next `up` makes them anew. */
const { ORINODE_HOME: home } = settings()
const ours = [
  'admin-path',
  'administrator.sql',
  'certificates',
  'database',
  'database.json',
  'database-superuser',
  'demo-cast.json',
  'kms',
  'leaving',
  'logs',
  'nextauth-secret',
  'roles.json',
  'run.json',
  'storage',
  'up.json',
  'up.lock',
]
try {
  if (!existsSync(join(home, 'database.json'))) {
    throw new Refusal(
      `${home} holds no embedded database, so nothing was taken away.`,
      'ORINODE_HOME names the home to reset; a database of your own is yours to drop.',
    )
  }
  const lock = await takeHome(home)
  await removeAbandonedDatabase(home)
  lock.release()
  // By name: whatever else lies in that folder is not ours.
  for (const name of ours) rmSync(join(home, name), { recursive: true, force: true })
  console.log(`Database, keys and demo cast of ${home} are gone. npm run up starts afresh.`)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(`${error.message}\n${error.advice}`)
  process.exitCode = 1
}
