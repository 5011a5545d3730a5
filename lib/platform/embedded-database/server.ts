import 'server-only'

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Account } from './account.ts'
import { bareEnvironment } from './cluster.ts'
import { EmbeddedDatabaseError } from './failure.ts'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningServer {
  readonly pid: number
  readonly exited: Promise<Exit>
  stop(): Promise<void>
}

/** Starts the server and waits until it takes connections. In a session of its own: Ctrl-C must reach us first. */
export async function startServer(
  bin: string,
  data: string,
  account: Account,
  logFile: string,
): Promise<RunningServer> {
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(join(bin, 'postgres'), ['-D', data], {
    ...account.ids,
    cwd: '/',
    env: bareEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 127, signal: null }))
  })
  const { pid } = child
  const isReady = pid !== undefined && (await becomesReady(child, data, pid))
  if (!isReady) {
    if (pid !== undefined) await end(pid, () => hasEnded(child))
    const last = readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? ''
    throw new EmbeddedDatabaseError(`PostgreSQL did not start: ${last}`, `Its log is ${logFile}`)
  }
  return { pid, exited, stop: () => end(pid, () => hasEnded(child)) }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function becomesReady(child: ChildProcess, data: string, pid: number): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    if (hasEnded(child)) return false
    const lines = pidFileLines(data)
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true
    await sleep(25)
  }
  return false
}

function pidFileLines(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Ends a server whose parent was killed, and clears a pid file that names somebody else's process. */
export async function endOrphan(data: string): Promise<boolean> {
  const pid = Number(pidFileLines(data)[0])
  if (!Number.isInteger(pid) || pid <= 1) return false
  if (isServerOf(pid, data)) {
    await end(pid, () => !isServerOf(pid, data))
    return true
  }
  // PostgreSQL would refuse to start while any process has this number, ours or not.
  rmSync(join(data, 'postmaster.pid'), { force: true })
  return false
}

function isServerOf(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
    if (!existsSync('/proc/self/cwd')) return true
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data) && !isZombie(pid)
  } catch {
    return false
  }
}

function isZombie(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? true
}

/** Fast shutdown; if that hangs, the kind that recovers at the next start. */
async function end(pid: number, isOver: () => boolean): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (isOver()) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < patienceMs && !isOver(); waited += 20) await sleep(20)
  }
}

/** The wanted port when it is free, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const tried = await tryPort(wanted)
  return tried ?? (await tryPort(0)) ?? 0
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
