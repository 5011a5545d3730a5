import 'server-only'

import { type Job, type JobResult, PgBoss } from 'pg-boss'
import { z } from 'zod'

import { asId, isUuid, type OrganisationId } from '../../kernel/ids.ts'
import { DatabaseError } from '../db/database-error.ts'
import { loginUrl } from '../db/pool.ts'
import { errorFacts, log } from '../log.ts'
import { askableJobs, type JobName } from './askable-jobs.ts'
import { jobSchema } from './job-schema.ts'

/** Does a job that a command asked for. It may run twice (its worker may be killed after the work): so it must not mind. */
export type Handler = (organisation: OrganisationId, payload: Record<string, unknown>) => Promise<void>

/** Something done by the clock, in UTC: one at a time however many workers there are, and once for all it missed. */
export interface Schedule {
  readonly name: `${string}.${string}`
  readonly cron: string
  run(): Promise<void>
}

interface Work {
  readonly handlers: Readonly<Record<JobName, Handler>>
  readonly schedules: readonly Schedule[]
}

/** How often a worker looks: for jobs, for what the clock asks for, for jobs whose worker has gone. */
interface Pace {
  readonly pollSeconds: number
  readonly clockSeconds: number
  readonly superviseSeconds: number
}
const calm: Pace = { pollSeconds: 2, clockSeconds: 10, superviseSeconds: 10 }

const daySeconds = 86_400
const limits = {
  // A job that failed is tried again after 5, 10, 20 … seconds; then it stays as failed.
  retryLimit: 5,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 900,
  // A worker says so often that it still lives; a job whose worker was killed goes to another.
  heartbeatSeconds: 30,
  retentionSeconds: 14 * daySeconds,
  deleteAfterSeconds: daySeconds,
}
const stopMs = 8_000

export interface Jobs {
  /** Takes nothing new and waits for what is under way; what takes too long is tried again elsewhere. */
  stop(): Promise<void>
}

/**
 * Serves the queue: every askable job and every schedule, as the worker's login.
 * @throws DatabaseError where the database does not answer; nothing is left running then
 */
export async function startJobs({ handlers, schedules }: Work, pace: Pace = calm): Promise<Jobs> {
  const boss = open(pace)
  const serve = async (name: string, policy: 'short' | 'exclusive', run: (data: unknown) => Promise<void>) => {
    await boss.createQueue(name, { policy, ...limits })
    await boss.updateQueue(name, limits)
    await boss.work(name, { pollingIntervalSeconds: pace.pollSeconds, perJobResults: true }, (jobs) =>
      Promise.all(jobs.map((one) => outcome(one, run))),
    )
  }
  try {
    await boss.start()
    for (const name of askableJobs) {
      await serve(name, 'short', async (data) => {
        const { org, ...payload } = Asked.parse(data)
        await handlers[name](asId(org), payload)
      })
    }
    for (const chore of schedules) {
      await serve(chore.name, 'exclusive', () => chore.run())
      await boss.schedule(chore.name, chore.cron, null, { tz: 'UTC', missed: 'once' })
    }
    for (const { name } of await boss.getSchedules()) {
      if (!schedules.some((one) => one.name === name)) await boss.unschedule(name)
    }
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw faultOf(error)
  }
  return { stop: () => boss.stop({ timeout: stopMs }) }
}

const Asked = z.looseObject({ org: z.string().refine(isUuid) })

/** It has connections of its own: pg-boss speaks through another driver than ours. */
function open(pace: Pace): PgBoss {
  const url = loginUrl('orinode_worker')
  // Its driver takes “require” for “verify-full”; ours, like every other client, does not.
  if (['require', 'prefer'].includes(url.searchParams.get('sslmode') ?? '')) {
    url.searchParams.set('uselibpqcompat', 'true')
  }
  const boss = new PgBoss({
    connectionString: url.href,
    application_name: 'orinode_worker-jobs',
    options: '-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000',
    max: 4,
    connectionTimeoutMillis: 5_000,
    schema: jobSchema,
    // The tables are made by migrating, and are not the worker's to change.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
    superviseIntervalSeconds: pace.superviseSeconds,
    monitorIntervalSeconds: pace.superviseSeconds,
    cronMonitorIntervalSeconds: pace.clockSeconds,
    cronWorkerIntervalSeconds: Math.min(pace.clockSeconds, 5),
  })
  // Unheard, an error of one look at the queue would end the process; while the database is away there are many.
  let saidAt = 0
  boss.on('error', (error) => {
    if (Date.now() - saidAt < 10_000) return
    saidAt = Date.now()
    log.warn('the job queue stumbled', errorFacts(faultOf(error)))
  })
  boss.on('warning', () => log.warn('the job queue is slow or long'))
  return boss
}

/** The queue keeps a failure's name and code. Its message and stack would lie there in the open. */
async function outcome({ id, name, data }: Job<unknown>, run: (data: unknown) => Promise<void>): Promise<JobResult> {
  try {
    await run(data)
    return { id, status: 'completed' }
  } catch (error) {
    const facts = errorFacts(error)
    log.error('a job failed', { job: name, id, ...facts })
    return { id, status: 'failed', output: { error: facts['error'], code: facts['code'] ?? null } }
  }
}

/** The other driver's errors carry messages and values too; some say only in words that the connection is gone. */
function faultOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && /^(?:[0-9A-Z]{5}|E[A-Z]+)$/.test(code)) return new DatabaseError(code)
  const message: unknown = Reflect.get(error, 'message')
  return typeof message === 'string' && /^(?:Connection terminated|timeout exceeded when)/.test(message)
    ? new DatabaseError('08006')
    : error
}
