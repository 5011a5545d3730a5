import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'

import { expireEvents, ingestCall, organisationsWithExpiredEvents } from '#lib/features/calls/index'

import { perActor } from '../guard/limits.ts'
import { auditActionOf, command, recorded } from '../guard/use-case.ts'
import { setProcessRole } from '../platform/db/pool.ts'
import { type Jobs, startJobs } from '../platform/jobs/start-jobs.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'
import { job, jobInEach, runInEach } from './job.ts'
import { runAsSystem } from './system.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})
let jobs: Jobs | undefined
afterEach(async () => {
  await jobs?.stop()
  setProcessRole('orinode_web')
  await sql`delete from jobs.job`
})

const asking = (output: z.ZodType) =>
  command({
    name: 'calls.ask-to-expire',
    allow: 'platform.manage',
    limit: perActor(600, 'minute'),
    audit: 'work.asked-for',
    input: z.strictObject({}),
    output,
    run: ({ organisation }) =>
      Promise.resolve(recorded({}, { target: organisation, jobs: [{ name: 'calls.expire-events', payload: {} }] })),
  })
const jobsOf = ({ id }: TestOrganisation) => sql`select data from jobs.job where data ->> 'org' = ${id}`
const where = () => ({ process: 'test', organisation: org.id })

describe('what a command asks of the worker', () => {
  test('is asked when the command is done', async () => {
    await runAsSystem(asking(z.object({})), {}, where())
    expect(await jobsOf(org)).toEqual([{ data: { org: org.id } }])
  })

  test('is not asked when the command fails, however late', async () => {
    const failing = runAsSystem(asking(z.object({ missing: z.string() })), {}, where())
    await expect(failing).rejects.toMatchObject({ code: 'internal' })
    expect(await jobsOf(org)).toEqual([])
  })
})

describe('a use case as a job', () => {
  const brisk = { pollSeconds: 0.5, clockSeconds: 1, superviseSeconds: 1 }
  const eventsOf = async ({ id }: TestOrganisation) =>
    (await sql<{ n: number }[]>`select count(*)::int as n from call_event where org = ${id}`)[0]?.n
  const entriesOf = ({ id }: TestOrganisation) =>
    sql`select actor_kind, target from audit_entry where org = ${id} and action = ${auditActionOf(expireEvents)}`
  const expire = ({ id }: TestOrganisation) =>
    plant(sql, id, id, (tx) => tx`update call_event set expires_at = now() - interval '1 second' where org = ${id}`)

  test('is done by the system, in the organisation that has something to do, as soon as the clock asks', async () => {
    for (const one of [org, other]) await runAs(ingestCall, one.keyActor, call('a'))
    await expire(org)
    expect(await eventsOf(org)).toBe(1)
    setProcessRole('orinode_worker')
    const find = { name: 'calls.find-expired-events', cron: '* * * * *' } as const
    const asked = { name: 'calls.expire-events', payload: {}, singleton: 'batch' } as const
    jobs = await startJobs(
      {
        handlers: { 'calls.expire-events': job(expireEvents) },
        schedules: [jobInEach(find, organisationsWithExpiredEvents, asked)],
      },
      brisk,
    )
    await vi.waitFor(async () => expect(await eventsOf(org)).toBe(0), { timeout: 15_000, interval: 50 })
    expect(await entriesOf(org)).toEqual([{ actor_kind: 'system', target: org.id }])
    expect([await eventsOf(other), await entriesOf(other)]).toEqual([1, []])
  })

  test('asks for itself again where there is more than one batch, and not where there is less', async () => {
    const many = await testOrganisation()
    await runAs(ingestCall, many.keyActor, call('a'))
    await plant(
      sql,
      many.id,
      many.id,
      (tx) => tx`
        insert into call_event (org, id, call_id, environment, provider, kind, dedupe_hash, body_sealed, expires_at)
        select org, gen_random_uuid(), call_id, environment, provider, kind, sha256(n::text::bytea), body_sealed, expires_at
        from call_event, generate_series(1, 5000) as n where org = ${many.id}`,
    )
    await expire(many)
    setProcessRole('orinode_worker')
    const doing = { process: 'worker', organisation: many.id }
    expect(await runAsSystem(expireEvents, {}, doing)).toEqual({ deleted: 5_000 })
    expect(await jobsOf(many)).toHaveLength(1)
    await sql`delete from jobs.job`
    expect(await runAsSystem(expireEvents, {}, doing)).toEqual({ deleted: 1 })
    expect(await jobsOf(many)).toEqual([])
  })
})

describe('a chore run in each organisation', () => {
  test('goes on when one fails, which has no second turn, and then counts as failed, so that it is tried again', async () => {
    const done: string[] = []
    let tries = 0
    const failing = command({
      name: 'calls.try-something',
      allow: 'platform.manage',
      limit: perActor(600, 'minute'),
      audit: 'something.tried',
      input: z.strictObject({}),
      output: z.object({}),
      run({ organisation }) {
        if (organisation === org.id) tries += 1
        if (organisation === org.id) return Promise.reject(new Error('not today'))
        done.push(organisation)
        return Promise.resolve(recorded({}, { target: organisation }))
      },
    })
    const where = () => Promise.resolve([org.id, other.id, org.id])
    const chore = runInEach({ name: 'calls.try-something', cron: '* * * * *' }, where, failing, {})
    await expect(chore.run()).rejects.toThrow('calls.try-something failed in 1 organisations')
    expect(done).toEqual([other.id])
    expect(tries).toBe(1)
  })
})

const call = (name: string) => ({
  external_id: name,
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'completed',
  started_at: '2026-11-24T09:00:00Z',
})
