import 'server-only'

import {
  closeSilentCall,
  expireEvents,
  organisationsWithExpiredEvents,
  ownersOfSilentCalls,
} from '#lib/features/calls/index'
import { sweepStrays } from '#lib/features/recordings/index'

import { closePools } from '../platform/db/pool.ts'
import { forgetExpired, makeAuditPartitions } from '../platform/db/upkeep.ts'
import { whenAvailable } from '../platform/db/when-available.ts'
import { type Schedule, startJobs } from '../platform/jobs/start-jobs.ts'
import { log } from '../platform/log.ts'
import { job, jobInEach, runInEach } from '../transport/job.ts'
import { startHearing, startProcess } from '../transport/system.ts'

/** What commands ask for. */
const handlers = { 'calls.expire-events': job(expireEvents) }

/** Everything that happens by the clock, in one list. */
const schedules: readonly Schedule[] = [
  { name: 'audit.make-partitions', cron: '0 */6 * * *', run: makeAuditPartitions },
  { name: 'guard.forget-expired', cron: '*/10 * * * *', run: forgetExpired },
  { name: 'recordings.sweep-strays', cron: '5-59/10 * * * *', run: sweepStrays },
  jobInEach({ name: 'calls.find-expired-events', cron: '* * * * *' }, organisationsWithExpiredEvents, {
    name: 'calls.expire-events',
    payload: {},
    singleton: 'batch',
  }),
  runInEach({ name: 'calls.close-silent-calls', cron: '* * * * *' }, ownersOfSilentCalls, closeSilentCall, {}),
]

await whenAvailable(() => startProcess('orinode_worker', 'worker'))
// A client's key that is withdrawn is put away here too, at the notice.
const stopHearing = await whenAvailable(() => startHearing('orinode_worker'))
const jobs = await whenAvailable(() => startJobs({ handlers, schedules }))
log.info('worker is at work', { jobs: Object.keys(handlers).length, schedules: schedules.length })

async function leave(): Promise<never> {
  // With the database away there is nobody to say goodbye to.
  setTimeout(() => process.exit(1), 9_500).unref()
  await jobs.stop()
  await stopHearing()
  await closePools()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    leave().catch(() => process.exit(1))
  })
}
