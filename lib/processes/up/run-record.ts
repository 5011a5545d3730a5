import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { type HeldLock, tryLock } from '../../platform/home/held-lock.ts'
import { writeWhole } from '../../platform/home/write-whole.ts'
import { birthOf } from './process-birth.ts'
import { Refusal } from './steps.ts'

const Known = z.object({ pid: z.number().int(), birth: z.string() })
const Run = z.object({ pid: z.number().int(), url: z.string(), children: z.array(Known) })

const recordFile = (home: string): string => join(home, 'run.json')

/** Only one `up` per home. Waits a little, since one that was told to stop needs a moment. */
export async function takeHome(home: string): Promise<HeldLock> {
  const lockFile = join(home, 'up.lock')
  for (let waited = 0; ; waited += 250) {
    const held = tryLock(lockFile)
    if (held) return held
    if (waited >= 3000 && !isLeaving(home)) throw alreadyRunning(home)
    if (waited >= 45_000) throw alreadyRunning(home)
    await sleep(250)
  }
}

function alreadyRunning(home: string): Refusal {
  const run = readRun(home)
  const where = run ? `process ${run.pid}, ${run.url}` : 'another process is starting it'
  return new Refusal(
    `Already running from ${home}: ${where}.`,
    'Stop that one, or start a second: ORINODE_HOME=.orinode-2 PORT=8444 npm run up',
  )
}

/** An `up` on its way out takes its record away first. */
const isLeaving = (home: string): boolean => !existsSync(recordFile(home)) && existsSync(join(home, 'leaving'))

function readRun(home: string): z.output<typeof Run> | undefined {
  try {
    return Run.parse(JSON.parse(readFileSync(recordFile(home), 'utf8')))
  } catch {
    return undefined
  }
}

export function recordRun(home: string, url: string, childPids: readonly number[]): void {
  const children = childPids.flatMap((pid) => {
    const birth = birthOf(pid)
    return birth === undefined ? [] : [{ pid, birth }]
  })
  rmSync(join(home, 'leaving'), { force: true })
  writeWhole(recordFile(home), JSON.stringify({ pid: process.pid, url, children }))
}

export function recordLeaving(home: string): void {
  writeWhole(join(home, 'leaving'), '')
  rmSync(recordFile(home), { force: true })
}

export function recordGone(home: string): void {
  rmSync(join(home, 'leaving'), { force: true })
}

/** Ends what a killed `up` of this home left running; only processes it recorded, told apart by their birth. */
export async function endLeftovers(home: string): Promise<void> {
  const left = (readRun(home)?.children ?? []).filter(({ pid, birth }) => birthOf(pid) === birth)
  const remaining = (): typeof left => left.filter(({ pid, birth }) => birthOf(pid) === birth)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const { pid } of remaining()) process.kill(pid, signal)
    for (let waited = 0; waited < 5000 && remaining().length > 0; waited += 50) await sleep(50)
  }
  rmSync(recordFile(home), { force: true })
}
