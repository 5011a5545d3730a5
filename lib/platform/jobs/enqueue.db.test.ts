import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { newId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { connect } from '../db/pool.ts'
import { loginRoles } from '../db/roles.ts'
import { asOrganisation } from '../db/transaction.ts'
import { askableJobs } from './askable-jobs.ts'
import { enqueue } from './enqueue.ts'

const sql = superuserSql()
const logins = Object.fromEntries(loginRoles.map((role) => [role, connect(role, 1)])) as Record<
  (typeof loginRoles)[number],
  ReturnType<typeof connect>
>
const web = logins.orinode_web
const worker = logins.orinode_worker
afterAll(() => Promise.all([sql, ...Object.values(logins)].map((one) => one.end())))

let org: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})

const asked = { name: 'calls.expire-events', payload: {} } as const
const jobsOf = ({ id }: TestOrganisation) =>
  sql<{ id: string; data: object; state: string; singleton_key: string }[]>`
    select id, data, state, singleton_key from jobs.job where data ->> 'org' = ${id} order by created_on`
const forget = ({ id }: TestOrganisation) => sql`delete from jobs.job where data ->> 'org' = ${id}`

/** As the web role would in its own words, past our types; answers with the SQLSTATE of a refusal. */
async function ask(name: unknown, payload: unknown, singleton: unknown = null, as: string | null = org.id) {
  const asking = web.begin(async (tx) => {
    await tx`select set_config('app.org', ${as ?? ''}, true)`
    await tx.unsafe('select enqueue_job($1, $2::text::jsonb, $3)', [
      name,
      JSON.stringify(payload),
      singleton,
    ] as never[])
  })
  return asking.then(
    () => 'asked',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
}

describe('the queue’s own tables', () => {
  const tables = () =>
    sql<{ name: string; oid: number }[]>`
      select relname as name, oid::int from pg_class where relnamespace = 'jobs'::regnamespace and relkind in ('r', 'p') order by 1`

  test('cannot be read or written by a web process or the console’s, not one of them', async () => {
    await asOrganisation(org.id, (tx) => enqueue(tx, asked))
    expect(await jobsOf(org)).toHaveLength(1)
    const all = await tables()
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['job', 'job_common', 'queue', 'schedule', 'version', 'warning', 'instance', 'bam']),
    )
    for (const login of [web, logins.orinode_operator]) {
      for (const { name } of all) {
        for (const statement of [
          `select 1 from jobs.${name}`,
          `insert into jobs.${name} default values`,
          `update jobs.${name} set ctid = ctid`,
          `delete from jobs.${name}`,
          `truncate jobs.${name}`,
        ]) {
          await expect(login.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
        }
      }
    }
    await forget(org)
  })

  test('hold no right for anybody who can log in but the worker, even if the schema’s door stood open', async () => {
    const rights = await sql`
      select login, c.relname from pg_class c, unnest(${loginRoles}::text[]) as login
      where c.relnamespace = 'jobs'::regnamespace and c.relkind in ('r', 'p') and login <> 'orinode_worker'
        and (has_table_privilege(login, c.oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege(login, c.oid, 'select, insert, update, references'))`
    expect(rights).toEqual([])
    const doors = await sql`
      select login, p.proname from pg_proc p, unnest(${loginRoles}::text[]) as login
      where p.pronamespace = 'jobs'::regnamespace and login <> 'orinode_worker' and has_function_privilege(login, p.oid, 'execute')`
    expect(doors).toEqual([])
    const owners = await sql`
      select distinct relowner::regrole::text as owner from pg_class where relnamespace = 'jobs'::regnamespace`
    expect(owners).toEqual([{ owner: 'orinode_owner' }])
  })

  test('are the worker’s to use, and not to change or empty', async () => {
    for (const { name } of await tables()) {
      await worker.unsafe(`select 1 from jobs.${name} limit 1`)
      await worker.unsafe(`delete from jobs.${name} where false`)
      await expect(worker.unsafe(`alter table jobs.${name} add column x int`), name).rejects.toMatchObject({
        code: '42501',
      })
      await expect(worker.unsafe(`truncate jobs.${name}`), name).rejects.toMatchObject({ code: '42501' })
    }
    await expect(worker`create table jobs.more (x int)`).rejects.toMatchObject({ code: '42501' })
  })

  test('have a queue for each askable job, and the code’s list is the database’s', async () => {
    expect(await sql`select unnest(askable_jobs()) as name order by 1`).toEqual(
      askableJobs.toSorted().map((name) => ({ name })),
    )
    const queues = await sql`
      select name, policy, table_name from jobs.queue where name = any(askable_jobs()) order by 1`
    expect(queues).toEqual(askableJobs.toSorted().map((name) => ({ name, policy: 'short', table_name: 'job_common' })))
  })
})

describe('a job', () => {
  test('is there when the change that asked for it has committed, in its organisation', async () => {
    await asOrganisation(org.id, (tx) => enqueue(tx, asked))
    expect(await jobsOf(org)).toEqual([expect.objectContaining({ data: { org: org.id }, state: 'created' }) as object])
    expect(await jobsOf(other)).toEqual([])
    await forget(org)
  })

  test('is not there when the change was rolled back', async () => {
    const changing = asOrganisation(org.id, async (tx) => {
      await enqueue(tx, asked)
      throw new Error('thought better of it')
    })
    await expect(changing).rejects.toThrow('thought better of it')
    expect(await jobsOf(org)).toEqual([])
  })

  test('cannot be asked for in another organisation’s name, or in none', async () => {
    expect(await ask(asked.name, { org: other.id })).toBe('22023')
    expect(await ask(asked.name, {}, null, null)).toBe('42501')
    expect(await jobsOf(other)).toEqual([])
  })

  test.each(['audit.make-partitions', 'calls.find-expired-events', '__pgboss__send-it', 'x', '', null])(
    'of a name that is not on the list is refused: %s',
    async (name) => {
      expect(await ask(name, {})).toBe('22023')
      expect(await ask(asked.name, {})).toBe('asked')
      await forget(org)
    },
  )
})

describe('a payload', () => {
  const refused: [what: string, payload: unknown][] = [
    ['free text', { reason: 'the caller was upset' }],
    ['a digit in a word', { caller: 'x0803' }],
    ['a number somebody can be rung on', { caller: 2_348_035_550_142 }],
    ['the same in text', { caller: '+2348035550142' }],
    ['seven digits', { caller: 1_234_567 }],
    ['a fraction', { amount: 0.5 }],
    ['a number with an exponent', { amount: 1e21 }],
    ['an address', { to: 'ada@example.test' }],
    ['text after an id', { call: `${newId()} and more` }],
    ['an id over two lines', { call: `${newId()}\n` }],
    ['digits in the form of an id', { call: '23480355-5014-2000-0000-000000000000' }],
    ['a long word', { word: 'a'.repeat(61) }],
    ['an object in it', { call: { id: newId() } }],
    ['a list in it', { calls: [newId()] }],
    ['a name with digits', { n2348035550142: true }],
    ['a name that is a sentence', { 'the caller said': true }],
    ['more than eight parts', Object.fromEntries('abcdefghi'.split('').map((name) => [name, true]))],
    ['a list', []],
    ['a word', 'word'],
    ['nothing', null],
  ]
  test.each(refused)('with %s is refused', async (_, payload) => {
    expect(await ask(asked.name, payload)).toBe('22023')
    expect(await jobsOf(org)).toEqual([])
  })

  test('of ids, words and small numbers is taken as it is', async () => {
    const payload = { call: newId(), reason: 'plan.changed', country: 'NG', count: -12, all: true, until: null }
    expect(await ask(asked.name, payload)).toBe('asked')
    expect((await jobsOf(org)).map(({ data }) => data)).toEqual([{ org: org.id, ...payload }])
    await forget(org)
  })

  test('a singleton is held to the same', async () => {
    for (const singleton of ['the caller was upset', '+2348035550142', 'x1', '']) {
      expect(await ask(asked.name, {}, singleton), singleton).toBe('22023')
    }
    expect(await jobsOf(org)).toEqual([])
  })
})

describe('of one singleton word', () => {
  test('one job waits in an organisation; others, and jobs without a word, have their own', async () => {
    const single = { ...asked, singleton: 'batch' }
    for (const one of [single, single, asked, asked]) await asOrganisation(org.id, (tx) => enqueue(tx, one))
    await asOrganisation(other.id, (tx) => enqueue(tx, single))
    expect((await jobsOf(org)).filter(({ singleton_key }) => singleton_key === `${org.id}:batch`)).toHaveLength(1)
    expect(await jobsOf(org)).toHaveLength(3)
    expect(await jobsOf(other)).toHaveLength(1)
    await Promise.all([forget(org), forget(other)])
  })

  test('the one that waits does not start before the last change that asked for it has committed', async () => {
    const single = { ...asked, singleton: 'batch' }
    await asOrganisation(org.id, (tx) => enqueue(tx, single))
    // What a worker asks when it takes a job.
    const startable = () => worker`
      select id from jobs.job_common where data ->> 'org' = ${org.id} and state = 'created' for update skip locked`
    expect(await startable()).toHaveLength(1)
    await asOrganisation(org.id, async (tx) => {
      await enqueue(tx, single)
      expect(await startable()).toEqual([])
    })
    expect(await startable()).toHaveLength(1)
    await forget(org)
  })
})
