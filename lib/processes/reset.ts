import { rmSync } from 'node:fs'

import { removeAbandonedDatabase } from '../platform/embedded-database/start.ts'
import { settings } from '../platform/env.ts'
import { takeHome } from './up/run-record.ts'
import { Refusal } from './up/steps.ts'

/** `npm run db:reset`: a fresh start. Takes away the home with its database, keys and demo cast; the next `up` makes them anew. */
const { ORINODE_HOME: home } = settings()
try {
  const lock = await takeHome(home)
  await removeAbandonedDatabase(home)
  lock.release()
  rmSync(home, { recursive: true, force: true })
  console.log(`Gone: ${home}. npm run up starts afresh.`)
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(`${error.message}\n${error.advice}`)
  process.exitCode = 1
}
