import { setTimeout as sleep } from 'node:timers/promises'

import { Refusal, remark } from './steps.ts'

/** Something that runs until it ends. */
export interface Runnable {
  readonly pid: number
  readonly exited: Promise<unknown>
  stop(): Promise<void>
}

export interface Supervised {
  readonly pid: number
  /** Rejects when it was given up; never resolves otherwise. */
  readonly givenUp: Promise<never>
  stop(): Promise<void>
}

interface Supervision {
  name: string
  start: () => Promise<Runnable>
  /** After each start but the first. */
  onRestart: () => void
  /** For the sentence when it is given up. */
  lastWords: () => string
  rapidMs?: number
  rapidDeathsAllowed?: number
  backoffMs?: number
}

/** Keeps one thing running: starts it again when it ends, ever later, and gives up after several rapid deaths. */
export async function supervise(options: Supervision): Promise<Supervised> {
  const { rapidMs = 10_000, rapidDeathsAllowed = 5, backoffMs = 250 } = options
  let current = await options.start()
  let isStopping = false

  const watch = async (): Promise<never> => {
    let rapidDeaths = 0
    for (let began = Date.now(); ; began = Date.now()) {
      await current.exited
      if (isStopping) return await new Promise<never>(() => {})
      rapidDeaths = Date.now() - began < rapidMs ? rapidDeaths + 1 : 1
      if (rapidDeaths >= rapidDeathsAllowed) {
        throw new Refusal(
          `${options.name} ended ${rapidDeaths} times in a row:\n\n${options.lastWords()}\n`,
          'Mend what it says and start again.',
        )
      }
      remark(`${options.name} ended; starting it again`)
      await sleep(backoffMs * 2 ** (rapidDeaths - 1))
      if (isStopping) return await new Promise<never>(() => {})
      current = await options.start()
      options.onRestart()
    }
  }
  const givenUp = watch()
  // Whoever races on it hears of it; before that it must not count as unhandled.
  givenUp.catch(() => {})
  return {
    get pid() {
      return current.pid
    },
    givenUp,
    async stop() {
      isStopping = true
      await current.stop()
    },
  }
}
