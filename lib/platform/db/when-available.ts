import 'server-only'

import { setTimeout as sleep } from 'node:timers/promises'

import { errorFacts, log } from '../log.ts'
import { isUnavailable, strippedError } from './database-error.ts'

/**
 * Does what a process begins with, again and again while the database is starting, recovering or away. After two minutes it
 * is given up, so that whoever keeps the process hears of it.
 */
export async function whenAvailable<T>(work: () => Promise<T>, patienceMs = 120_000): Promise<T> {
  const began = Date.now()
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error) || Date.now() - began > patienceMs) throw error
      log.warn('the database is not there yet', errorFacts(strippedError(error)))
      await sleep(waitMs)
    }
  }
}
