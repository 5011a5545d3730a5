import 'server-only'

import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { type Account, databaseAccount } from './account.ts'
import { installedBinaries, usableBinaries } from './binaries.ts'
import { databaseName, ensureCluster, superuser, writeSettings } from './cluster.ts'
import { baseFor, choosePlace, type Place, recordedPlace, recordPort } from './place.ts'
import { endOrphan, type Exit, freePort, type RunningServer, startServer } from './server.ts'

export interface EmbeddedDatabase {
  /** For migrating and inspecting only; no other process is ever given it. */
  readonly superuserUrl: string
  /** Without credentials: a process adds its own role's. */
  readonly hostUrl: string
  readonly port: number
  readonly pid: number
  readonly isNew: boolean
  /** Settles when the server ends, whoever ended it. */
  readonly exited: Promise<Exit>
  stop(): Promise<void>
  /** Stops and deletes the data; for tests. */
  remove(): Promise<void>
}

export interface StartOptions {
  home: string
  port?: number
  /** false trades crash safety for speed; for tests only. */
  isDurable?: boolean
  /** A folder of PostgreSQL programs to use instead of the packaged ones. */
  binaries?: string
  say?: (line: string) => void
}

/** Starts the home's own PostgreSQL on loopback; makes it the first time, recovers it after a kill. */
export async function startEmbeddedDatabase(options: StartOptions): Promise<EmbeddedDatabase> {
  const home = resolve(options.home)
  const say = options.say ?? (() => {})
  const account = databaseAccount()
  if (account.isNew) say(`PostgreSQL refuses to run as root: made the system account “${account.name}” for it`)

  const known = recordedPlace(home)
  const base = known?.base ?? baseFor(home, account)
  await endOrphan(join(base, 'data'))
  const place = known ?? choosePlace(home, base, account, await freePort(options.port), say)
  const bin = options.binaries ? installedBinaries(options.binaries, account) : usableBinaries(account, place.base, say)
  const isNew = ensureCluster(bin, place, account)
  const started = await startOnFreePort(bin, home, place, account, options)

  const address = `127.0.0.1:${started.port}/${databaseName}`
  return {
    superuserUrl: `postgres://${superuser}:${place.superuserPassword}@${address}`,
    hostUrl: `postgres://${address}`,
    port: started.port,
    pid: started.server.pid,
    isNew,
    exited: started.server.exited,
    stop: () => started.server.stop(),
    async remove() {
      await started.server.stop()
      rmSync(place.base, { recursive: true, force: true })
    },
  }
}

/** Ends a server left behind by a killed process and deletes its data; for sweeping up after killed test runs. */
export async function removeAbandonedDatabase(home: string): Promise<void> {
  const place = recordedPlace(resolve(home))
  if (!place) return
  await endOrphan(place.data)
  rmSync(place.base, { recursive: true, force: true })
}

async function startOnFreePort(
  bin: string,
  home: string,
  place: Place,
  account: Account,
  options: StartOptions,
): Promise<{ server: RunningServer; port: number }> {
  const logs = join(home, 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })
  const logFile = join(logs, 'database.log')
  if (existsSync(logFile) && statSync(logFile).size > 5_000_000) renameSync(logFile, `${logFile}.1`)

  // A port can be taken between the look and the start, and a killed server's backends take a moment to go.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(options.port ?? place.port)
    writeSettings(place, port, options.isDurable ?? true, account)
    try {
      const server = await startServer(bin, place.data, account, logFile)
      if (port !== place.port) recordPort(home, place.base, port)
      return { server, port }
    } catch (error) {
      if (attempt === 5) throw error
      await sleep(500 * attempt)
    }
  }
}
