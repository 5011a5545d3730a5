import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAbandonedDatabase } from '../platform/embedded-database/start.ts'

const prefix = 'orinode-test-'

/** A home of its own for one test run; the caller removes it. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), prefix))
  // The database account has to be able to pass through.
  chmodSync(home, 0o711)
  writeFileSync(join(home, 'owner'), String(process.pid))
  return home
}

/** Removes homes (and their databases) of test runs that were killed. */
export async function sweepAbandonedHomes(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const home = join(tmpdir(), name)
    const owner = join(home, 'owner')
    if (!existsSync(owner) || isAlive(Number(readFileSync(owner, 'utf8')))) continue
    await removeAbandonedDatabase(home)
    rmSync(home, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
