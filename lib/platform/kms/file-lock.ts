import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { KmsError } from './port.ts'

/** A writer holds the lock for milliseconds; one this old belongs to a process that died. */
const STALE_MS = 30_000
const PATIENCE_MS = 40_000

export interface FileLock {
  readonly path: string
  readonly owner: string
}

/** A lock between processes: the file exists exactly while somebody writes. */
export async function takeLock(path: string): Promise<FileLock> {
  const lock = { path, owner: randomUUID() }
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    try {
      writeFileSync(path, lock.owner, { flag: 'wx', mode: 0o600 })
      return lock
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw new KmsError('unreachable', codeOf(error))
    }
    breakStaleLock(path)
    await sleep(5)
  }
  throw new KmsError('unreachable', 'KeyFileLocked')
}

export function isLockOurs(lock: FileLock): boolean {
  return ownerOf(lock.path) === lock.owner
}

export function releaseLock(lock: FileLock): void {
  if (isLockOurs(lock)) unlinkSync(lock.path)
}

/** The system's own name for a failure; its message would name the path. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'Unreadable'
}

/** Moves the dead lock aside; if a live one was caught instead (somebody else broke it first), puts it back. */
function breakStaleLock(path: string): void {
  try {
    const dead = ownerOf(path)
    if (dead === undefined || Date.now() - statSync(path).mtimeMs < STALE_MS) return
    const aside = `${path}.${randomUUID()}`
    renameSync(path, aside)
    if (ownerOf(aside) !== dead) linkSync(aside, path)
    unlinkSync(aside)
  } catch {
    // Whoever was quicker has dealt with it; the caller tries again.
  }
}

function ownerOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
