import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { databaseDump } from '../../testing/database-dump.ts'
import { superuserSql } from '../../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { asOrganisation } from '../db/transaction.ts'
import { whenAvailable } from '../db/when-available.ts'
import { log } from '../log.ts'
import { enqueue } from './enqueue.ts'
import { type Handler, type Jobs, type Schedule, startJobs } from './start-jobs.ts'

const sql = superuserSql({ max: 2 })
afterAll(() => sql.end())

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
const running: Jobs[] = []
beforeEach(() => sql`delete from jobs.job where state <> 'completed'`)
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  vi.restoreAllMocks()
})

const brisk = { pollSeconds: 0.5, clockSeconds: 1, superviseSeconds: 1 }
async function aWorker(handler: Handler = () => Promise.resolve(), schedules: Schedule[] = []): Promise<Jobs> {
  const jobs = await startJobs({ handlers: { 'calls.expire-events': handler }, schedules }, brisk)
  running.push(jobs)
  return jobs
}
/** Work that is only noted. */
const noting = (note: (organisation: string, payload: object) => void): Handler => {
  return (organisation, payload) => {
    note(organisation, payload)
    return Promise.resolve()
  }
}
const asked = { name: 'calls.expire-events', payload: {} } as const
const ask = () => asOrganisation(org.id, (tx) => enqueue(tx, asked))
const states = async (name: string) =>
  (await sql<{ state: string }[]>`select state from jobs.job where name = ${name} order by created_on`).map(
    ({ state }) => state,
  )
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 50 })

describe('a job', () => {
  test('that was asked for is done once, in its organisation, though two workers look', async () => {
    const done: unknown[] = []
    const note = noting((organisation, payload) => done.push([organisation, payload]))
    await Promise.all([aWorker(note), aWorker(note)])
    await ask()
    await soon(() => expect(done).toEqual([[org.id, {}]]))
    // Whatever was to be done twice would have been by the time the next is done.
    await ask()
    await soon(async () => expect((await states(asked.name)).slice(-2)).toEqual(['completed', 'completed']))
    expect(done).toHaveLength(2)
  })

  test('left active by a killed worker is done by another', async () => {
    await ask()
    // What a worker leaves that took it five minutes ago and has not been heard of since.
    await sql`update jobs.job set state = 'active', started_on = now() - interval '5 minutes',
      heartbeat_on = now() - interval '5 minutes' where data ->> 'org' = ${org.id} and state = 'created'`
    const done: string[] = []
    await aWorker(noting((organisation) => done.push(organisation)))
    await soon(async () => expect((await states(asked.name)).at(-1)).not.toBe('active'))
    expect(done).toEqual([])
    await sql`update jobs.job set start_after = now() where state = 'retry'`
    await soon(async () => expect((await states(asked.name)).at(-1)).toBe('completed'))
    expect(done).toEqual([org.id])
  })

  test('that fails is tried again, and nothing of what it said is kept or logged', async () => {
    const said = 'ring me on 0803 555 0142'
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    let attempts = 0
    await aWorker(() => {
      attempts += 1
      const failure = Object.assign(new TypeError(said), { code: 'E42', detail: said })
      return attempts === 1 ? Promise.reject(failure) : Promise.resolve()
    })
    await ask()
    await soon(async () => expect((await states(asked.name)).at(-1)).toBe('retry'))
    const [failed] = await sql`select output from jobs.job where state = 'retry'`
    expect(failed).toEqual({ output: { error: 'TypeError', code: 'E42' } })
    const dump = (await databaseDump(sql)).filter(({ where }) => where.startsWith('jobs.'))
    expect(dump.map(({ text }) => text)).toContain(asked.name)
    const kept = dump.filter(({ text }) => text.includes('0803'))
    expect(kept).toEqual([])
    const lines = written.mock.calls.map(([line]) => String(line)).join('')
    expect(lines).toContain('a job failed')
    expect(lines).not.toContain('0803')
    await sql`update jobs.job set start_after = now() where state = 'retry'`
    await soon(async () => expect((await states(asked.name)).at(-1)).toBe('completed'))
  })

  test('under way is waited for by a worker that leaves, which takes no other', async () => {
    const done: string[] = []
    const holding = Promise.withResolvers<void>()
    const jobs = await aWorker(async () => {
      done.push('begun')
      await holding.promise
      done.push('ended')
    })
    await ask()
    await soon(() => expect(done).toEqual(['begun']))
    const left = jobs.stop().then(() => done.push('left'))
    await ask()
    await aWorker(noting(() => done.push('another’s')))
    await soon(() => expect(done).toEqual(['begun', 'another’s']))
    holding.resolve()
    await left
    expect(done).toEqual(['begun', 'another’s', 'ended', 'left'])
    expect((await states(asked.name)).slice(-2)).toEqual(['completed', 'completed'])
  })
})

describe('a schedule', () => {
  const forwarded = () =>
    sql<{ slots: number; passes: number }[]>`
      select count(distinct singleton_on)::int as slots, count(*)::int as passes from jobs.job
      where name = '__pgboss__send-it' and data ->> 'name' = 'test.tick' and state = 'completed'`
  const cronPasses = async (count: number) => {
    for (let pass = 0; pass < count; pass += 1) {
      await sql`update jobs.version set cron_on = now() - interval '10 seconds'`
      await soon(async () =>
        expect(await sql`select 1 from jobs.version where cron_on > now() - interval '5 seconds'`).toHaveLength(1),
      )
    }
  }
  beforeEach(() => sql`delete from jobs.job where name in ('test.tick', '__pgboss__send-it')`)

  test('is kept by two workers as by one', async () => {
    let ran = 0
    const tick = { name: 'test.tick', cron: '* * * * *', run: () => Promise.resolve(void (ran += 1)) } as const
    await Promise.all([aWorker(undefined, [tick]), aWorker(undefined, [tick])])
    await soon(() => expect(ran).toBeGreaterThan(0))
    await cronPasses(4)
    // However many minutes began meanwhile.
    await soon(async () => {
      const [{ slots } = { slots: 0 }] = await forwarded()
      expect(ran).toBe(slots)
      expect(await states('test.tick')).toEqual(Array.from({ length: slots }, () => 'completed'))
    })
  })

  test('is not run a second time while the first is under way', async () => {
    let ran = 0
    const holding = Promise.withResolvers<void>()
    const tick = { name: 'test.tick', cron: '* * * * *', run: () => ((ran += 1), holding.promise) } as const
    await Promise.all([aWorker(undefined, [tick]), aWorker(undefined, [tick])])
    await soon(() => expect(ran).toBe(1))
    const [before = { passes: 0 }] = await forwarded()
    // As if that had been an hour ago: it is due again.
    await sql`update jobs.job set singleton_on = singleton_on - interval '1 hour' where name = '__pgboss__send-it'`
    await soon(async () => expect((await forwarded())[0]?.passes).toBeGreaterThan(before.passes))
    expect(await states('test.tick')).toEqual(['active'])
    expect(ran).toBe(1)
    holding.resolve()
    await soon(async () => expect((await states('test.tick'))[0]).toBe('completed'))
  })

  test('that nobody keeps any more is taken off the clock', async () => {
    const kept = async () => (await sql<{ name: string }[]>`select name from jobs.schedule`).map(({ name }) => name)
    const tick = { name: 'test.tick', cron: '* * * * *', run: () => Promise.resolve() } as const
    await (await aWorker(undefined, [tick])).stop()
    expect(await kept()).toEqual(['test.tick'])
    await aWorker()
    expect(await kept()).toEqual([])
  })
})

test('losing every connection is survived, and said once', async () => {
  const warned = vi.spyOn(log, 'warn').mockReturnValue()
  const done: string[] = []
  await aWorker(noting((organisation) => done.push(organisation)))
  const cut = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'orinode_worker-jobs' and datname = current_database()`
  expect(cut.length).toBeGreaterThan(0)
  await ask()
  await soon(() => expect(done).toEqual([org.id]))
  expect(warned.mock.calls.filter(([what]) => what === 'the job queue stumbled').length).toBeLessThanOrEqual(1)
})

describe('a database that lets nobody in', () => {
  const limit = async (connections: number) => {
    const [here] = await sql<{ name: string }[]>`select current_database() as name`
    await sql.unsafe(`alter database ${here?.name ?? ''} connection limit ${connections}`)
  }
  afterEach(() => limit(-1))

  test('is waited for, and served once it does', async () => {
    const warned = vi.spyOn(log, 'warn').mockReturnValue()
    const done: string[] = []
    await limit(0)
    const starting = whenAvailable(() => aWorker(noting((organisation) => done.push(organisation))))
    const waits = () => warned.mock.calls.filter(([what]) => what === 'the database is not there yet')
    await soon(() => expect(waits().length).toBeGreaterThan(1))
    expect(waits()[0]?.[1]).toMatchObject({ error: 'DatabaseError', code: '53300' })
    await limit(-1)
    await starting
    await ask()
    await soon(() => expect(done).toEqual([org.id]))
  })

  test('is given up in the end, and what is no outage at once', async () => {
    vi.spyOn(log, 'warn').mockReturnValue()
    await limit(0)
    await expect(whenAvailable(() => aWorker(), 0)).rejects.toMatchObject({ sqlstate: '53300' })
    let tries = 0
    const failing = whenAvailable(() => {
      tries += 1
      return Promise.reject(new TypeError('of ours'))
    })
    await expect(failing).rejects.toThrow('of ours')
    expect(tries).toBe(1)
  })
})
