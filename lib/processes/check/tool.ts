import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

import { wholeEnvironment } from '../../platform/env-commands.ts'

export const root = resolve(import.meta.dirname, '../../..')

export interface ToolResult {
  isGood: boolean
  output: string
}

interface Tool {
  /** A script below node_modules and its arguments; run by this very Node. */
  words: string[]
  env?: Record<string, string>
  timeoutMs: number
  /** Lets a person follow a long one. */
  isShown?: boolean
}

const running = new Set<ChildProcess>()

/** Runs a tool in a process group of its own, which ends with us or when its time is up. */
export async function runTool({
  words: [script = '', ...words],
  env = {},
  timeoutMs,
  isShown = false,
}: Tool): Promise<ToolResult> {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--disable-warning=ExperimentalWarning', join(root, script), ...words],
    {
      cwd: root,
      env: { ...wholeEnvironment(), ...env },
      detached: true,
      stdio: isShown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    },
  )
  running.add(child)
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    endGroup(child).catch(() => {})
  }, timeoutMs)
  const code = await new Promise<number | null>((done) => {
    child.once('close', (exit) => done(exit))
    child.once('error', () => done(127))
  })
  clearTimeout(timer)
  running.delete(child)
  // Helpers that outlived the tool would go on writing and listening.
  signal(child, 'SIGKILL')
  const output = Buffer.concat(chunks).toString('utf8').trim()
  return { isGood: code === 0 && !isLate, output: isLate ? `${output}\nnot done after ${timeoutMs / 1000} s` : output }
}

/** Ends every tool still running; for when we are told to stop. */
export async function endTools(): Promise<void> {
  await Promise.all([...running].map(endGroup))
}

async function endGroup(child: ChildProcess): Promise<void> {
  signal(child, 'SIGTERM')
  const killer = setTimeout(() => signal(child, 'SIGKILL'), 20_000)
  await new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
  })
  clearTimeout(killer)
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name)
  } catch {
    // The group is empty.
  }
}
