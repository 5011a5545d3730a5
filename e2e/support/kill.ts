import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect } from '@playwright/test'
import { z } from 'zod'

import { homeFile } from './running-app.ts'
import { send } from './send.ts'

/** In the order in which `up` starts and records its own processes; the database is not among those. */
const recorded = ['web', 'worker'] as const
export const killable = [...recorded, 'database'] as const
export type Killable = (typeof killable)[number]

const Run = z.object({ children: z.array(z.object({ pid: z.int().positive() })) })
const Place = z.object({ base: z.string() })
const parsed = <Shape extends z.ZodType>(shape: Shape, file: string): z.output<Shape> =>
  shape.parse(JSON.parse(readFileSync(homeFile(file), 'utf8')))

/** The process that is it now; 0 while there is none on record. */
function pidOf(what: Killable): number {
  try {
    if (what !== 'database') return parsed(Run, 'run.json').children[recorded.indexOf(what)]?.pid ?? 0
    const pidFile = join(parsed(Place, 'database.json').base, 'data/postmaster.pid')
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid > 0
  } catch {
    return false
  }
}

const isReady = (): Promise<boolean> =>
  send({ path: '/api/health/ready' }).then(
    ({ status }) => status === 200,
    () => false,
  )

/** Ends it as a machine that loses power does, and comes back when its successor is there and the app answers. */
export async function killAndWait(what: Killable): Promise<void> {
  const before = pidOf(what)
  if (!isRunning(before)) throw new Error(`there is no ${what} to kill`)
  process.kill(before, 'SIGKILL')
  await expect
    .poll(
      async () => {
        const now = pidOf(what)
        return now !== before && isRunning(now) && (await isReady())
      },
      { timeout: 30_000, intervals: [100] },
    )
    .toBe(true)
}
