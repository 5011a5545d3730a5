import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LeashedProcess {
  readonly pid: number
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** What it said over the channel, in order. */
  readonly said: unknown[]
  stop(): Promise<void>
}

interface Start {
  /** Script and its arguments. */
  words: string[]
  cwd: string
  env: Record<string, string>
  logFile: string
  isOurs?: boolean
}

const flags = ['--conditions=react-server', '--disable-sigusr1', '--disable-warning=ExperimentalWarning']

/** Starts a Node program that ends with us, in a process group of its own so that Ctrl-C reaches only us. */
export function startLeashed({ words, cwd, env, logFile, isOurs = true }: Start): LeashedProcess {
  if (existsSync(logFile) && statSync(logFile).size > 5_000_000) renameSync(logFile, `${logFile}.1`)
  const log = openSync(logFile, 'a', 0o600)
  const leash = join(import.meta.dirname, 'leash.ts')
  const child = spawn(process.execPath, [...(isOurs ? flags : []), '--import', leash, ...words], {
    cwd,
    env: { NODE_ENV: 'production', ...env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const said: unknown[] = []
  child.on('message', (message) => said.push(message))
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', () => resolve({ code: 127, signal: null }))
  })
  return { pid: child.pid ?? 0, exited, said, stop: () => stopGroup(child) }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (hasEnded(child)) break
    sendToGroup(pid, signal)
    for (let waited = 0; waited < 10_000 && !hasEnded(child); waited += 25) await sleep(25)
  }
  // Helpers that outlived their leader.
  sendToGroup(pid, 'SIGKILL')
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

function sendToGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left in it.
  }
}

/** The end of a log, for the screen. */
export function lastLines(logFile: string, count = 15): string {
  if (!existsSync(logFile)) return ''
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-count).join('\n')
}
