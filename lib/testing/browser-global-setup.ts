import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { removeAbandonedDatabase } from '../platform/embedded-database/start.ts'
import { sweepAbandonedHomes, temporaryHome } from './home.ts'

const root = resolve(import.meta.dirname, '../..')

/**
 * Starts the app exactly as a person does, in a home of its own, and stops it after the last test. The tests
 * read what a program would read: the file that E2E_UP_FILE names. An app that already runs can be named there.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['E2E_UP_FILE']) return async () => {}
  await sweepAbandonedHomes()
  const home = temporaryHome()
  const logFile = join(home, 'up.log')
  const log = openSync(logFile, 'a', 0o600)
  const up = spawn(process.execPath, [join(root, 'lib/processes/bootstrap.mjs'), 'up'], {
    cwd: root,
    env: { ...process.env, ORINODE_HOME: home, PORT: String(await freePort()) },
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const hasEnded = (): boolean => up.exitCode !== null || up.signalCode !== null
  const stop = async (): Promise<void> => {
    if (!hasEnded()) up.kill('SIGTERM')
    for (let waited = 0; waited < 30_000 && !hasEnded(); waited += 50) await sleep(50)
    if (!hasEnded() && up.pid !== undefined) process.kill(-up.pid, 'SIGKILL')
    await removeAbandonedDatabase(home)
    rmSync(home, { recursive: true, force: true })
  }

  const upFile = join(home, 'up.json')
  for (let waited = 0; !existsSync(upFile); waited += 100) {
    if (hasEnded() || waited > 300_000) {
      const said = readFileSync(logFile, 'utf8')
      await stop()
      throw new Error(`The app did not come up:\n${said}`)
    }
    await sleep(100)
  }
  process.env['E2E_UP_FILE'] = upFile
  return stop
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
