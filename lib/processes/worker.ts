import 'server-only'

import { expireEvents, organisationsWithExpiredEvents } from '#lib/features/calls/index'

import { closePools } from '../platform/db/pool.ts'
import { forgetExpired, makeAuditPartitions } from '../platform/db/upkeep.ts'
import { errorFacts, log } from '../platform/log.ts'
import { type Job, job } from '../transport/job.ts'
import { startProcess } from '../transport/system.ts'

/** Everything that happens by the clock, in one list. Each is harmless when two workers do it at once. */
const jobs: readonly Job[] = [
  { name: 'audit.make-partitions', everySeconds: 6 * 3_600, run: makeAuditPartitions },
  { name: 'guard.forget-expired', everySeconds: 600, run: forgetExpired },
  job(expireEvents, { everySeconds: 60, input: {}, where: organisationsWithExpiredEvents }),
]

await startProcess('orinode_worker', 'worker')
const running = new Set<Promise<void>>()
const timers = jobs.map((one) => {
  const turn = (): void => {
    const work = one
      .run()
      .catch((error: unknown) => log.error('a job failed', { job: one.name, ...errorFacts(error) }))
      .then(() => {
        running.delete(work)
      })
    running.add(work)
  }
  turn()
  return setInterval(turn, one.everySeconds * 1000)
})
log.info('worker is at work', { jobs: jobs.length })

async function leave(): Promise<never> {
  for (const timer of timers) clearInterval(timer)
  await Promise.allSettled(running)
  await closePools()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    leave().catch(() => process.exit(1))
  })
}
