import 'server-only'

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface HeldLock {
  release(): void
}

/**
 * Takes a lock between processes, or answers undefined when somebody holds it. SQLite's exclusive lock
 * belongs to the kernel: it is gone with its process, however that ended, so there is no stale lock to judge.
 */
export function tryLock(file: string): HeldLock | undefined {
  return take(file, 'begin exclusive')
}

function take(file: string, how: string): HeldLock | undefined {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  try {
    // Nothing is ever written: no journal beside the lock.
    database.exec(`pragma journal_mode = memory; ${how}`)
  } catch (error) {
    database.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined
    throw error
  }
  return { release: () => database.close() }
}

/** Holds a file as one of several readers; undefined while somebody has it alone. */
export function holdShared(file: string): HeldLock | undefined {
  return take(file, 'begin; select count(*) from sqlite_schema')
}
