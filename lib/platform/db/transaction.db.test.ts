import { sql as text } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { outboxEvent } from '#drizzle/schema/outbox'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { superuserSql } from '../../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { openPool } from './pool.ts'
import { asOrganisation, readAsOrganisation, send, type Tx } from './transaction.ts'

const sql = superuserSql()
/** One connection, so that whatever a transaction leaves behind meets the next one. */
const narrow = openPool('orinode_web', 1)
let one: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[one, other] = await Promise.all([testOrganisation(), testOrganisation()])
})
afterAll(() => Promise.all([sql.end(), narrow.sql.end()]))

const insertEvent = (tx: Tx, org: OrganisationId, id: string) =>
  tx.insert(outboxEvent).values({ org, id, type: 'test.happened', payload: {} }).execute()

async function isStored(id: string): Promise<boolean> {
  return (await sql`select 1 from outbox_event where id = ${id}`).length > 0
}

/** What the next user of the one connection would meet. */
async function leftBehind(): Promise<{ state: string; org: string | null; readOnly: string }> {
  const [seen] = await narrow.sql<{ pid: number; org: string | null; read_only: string }[]>`
    select pg_backend_pid() as pid, current_setting('app.org', true) as org, current_setting('transaction_read_only') as read_only`
  const [activity] = await sql<{ state: string }[]>`select state from pg_stat_activity where pid = ${seen?.pid ?? 0}`
  return { state: activity?.state ?? 'gone', org: seen?.org ?? null, readOnly: seen?.read_only ?? '' }
}
const nothing = { state: 'idle', org: '', readOnly: 'off' }

describe('success means the tag COMMIT', () => {
  test('what succeeds is there afterwards', async () => {
    const id = newId()
    await asOrganisation(one.id, (tx) => insertEvent(tx, one.id, id), narrow)
    expect(await isStored(id)).toBe(true)
    expect(await leftBehind()).toEqual(nothing)
  })

  test('a statement’s error that the work swallows still fails the whole, and nothing of it stays', async () => {
    const id = newId()
    const swallowing = asOrganisation(
      one.id,
      async (tx) => {
        await insertEvent(tx, one.id, id)
        await tx.execute(text`select 1 / 0`).catch(() => {})
        return 'looks fine'
      },
      narrow,
    )
    await expect(swallowing).rejects.toMatchObject({ name: 'DatabaseError', sqlstate: '40000' })
    expect(await isStored(id)).toBe(false)
    expect(await leftBehind()).toEqual(nothing)
  })

  test('a statement nobody awaited still has to succeed', async () => {
    const id = newId()
    const careless = asOrganisation(
      one.id,
      async (tx) => {
        await insertEvent(tx, one.id, id)
        void tx.execute(text`select 1 / 0`).catch(() => {})
        return 'looks fine'
      },
      narrow,
    )
    await expect(careless).rejects.toMatchObject({ sqlstate: '40000' })
    expect(await isStored(id)).toBe(false)
  })

  test('what the database refuses only at COMMIT is a failure of the caller', async () => {
    const change = (tx: Tx) => tx.execute(text`update member set role = 'owner' where id = ${one.agent.memberId}`)
    await expect(asOrganisation(one.id, change, narrow)).rejects.toMatchObject({ sqlstate: 'OR001' })
    expect(await leftBehind()).toEqual(nothing)
  })

  test('what the work throws reaches the caller as it was, after ROLLBACK', async () => {
    const id = newId()
    const ours = new Error('changed my mind')
    const thrown = asOrganisation(
      one.id,
      async (tx) => {
        await insertEvent(tx, one.id, id)
        throw ours
      },
      narrow,
    )
    await expect(thrown).rejects.toBe(ours)
    expect(await isStored(id)).toBe(false)
    expect(await leftBehind()).toEqual(nothing)
  })
})

describe('statements leave in the order they were made', () => {
  const setting = (tx: Tx, value: string) => tx.execute(text`select set_config('test.order', ${value}, true)`)
  const seen = (tx: Tx) =>
    tx.select({ value: text<string>`current_setting('test.order', true)` }).from(text`generate_series(1, 1)`)

  test('together, whatever drizzle makes of each', async () => {
    const rows = await asOrganisation(
      one.id,
      async (tx) => Promise.all([setting(tx, 'first'), seen(tx), setting(tx, 'second'), seen(tx)]),
      narrow,
    )
    expect([rows[1], rows[3]]).toEqual([[{ value: 'first' }], [{ value: 'second' }]])
  })

  test('also when a later one is awaited first, or sent by its fixed text', async () => {
    await asOrganisation(
      one.id,
      async (tx) => {
        const early = setting(tx, 'early').execute()
        expect(await seen(tx)).toEqual([{ value: 'early' }])
        const later = setting(tx, 'later').execute()
        expect(await send(tx, `select current_setting('test.order') as value`, [])).toEqual([{ value: 'later' }])
        await Promise.all([early, later])
      },
      narrow,
    )
  })

  test('in a cheap read as well', async () => {
    const rows = await readAsOrganisation<unknown[]>(one.id, (tx) => [setting(tx, 'read'), seen(tx)], narrow)
    expect(rows[1]).toEqual([{ value: 'read' }])
  })
})

describe('a failed read leaves nothing behind on its connection', () => {
  const orgNow = text`select current_setting('app.org', true) as org`

  const failures: [string, (tx: Tx) => { execute(): Promise<unknown> }[]][] = [
    ['the first statement', (tx) => [tx.execute(text`select 1 / 0`), tx.execute(orgNow)]],
    ['the last statement', (tx) => [tx.execute(orgNow), tx.execute(text`select 1 / 0`)]],
    ['a statement that would write', (tx) => [tx.delete(outboxEvent)]],
    [
      'making the list of statements',
      () => {
        throw new RangeError('a cursor nobody handed out')
      },
    ],
    [
      'building the second statement',
      (tx) => [
        tx.execute(orgNow),
        {
          execute: () => {
            throw new RangeError('no such column')
          },
        },
      ],
    ],
  ]
  test.each(failures)('when %s fails', async (_, statements) => {
    await expect(readAsOrganisation<unknown[]>(one.id, statements, narrow)).rejects.toThrow()
    expect(await leftBehind()).toEqual(nothing)
    const id = newId()
    await asOrganisation(other.id, (tx) => insertEvent(tx, other.id, id), narrow)
    expect(await isStored(id)).toBe(true)
  })

  test('and the next organisation on it sees its own rows only', async () => {
    const rows = async (org: OrganisationId) =>
      (
        await readAsOrganisation(org, (tx) => [tx.selectDistinct({ org: outboxEvent.org }).from(outboxEvent)], narrow)
      )[0]
    await asOrganisation(one.id, (tx) => insertEvent(tx, one.id, newId()), narrow)
    await expect(readAsOrganisation(one.id, (tx) => [tx.execute(text`select 1 / 0`)], narrow)).rejects.toThrow()
    expect(await rows(other.id)).toEqual([{ org: other.id }])
    expect(await rows(one.id)).toEqual([{ org: one.id }])
  })
})

describe('a handle is good for its own transaction only', () => {
  test('send() refuses a handle that is not ours', async () => {
    await expect(send(drizzle(narrow.sql), 'select 1', [])).rejects.toThrow('not a transaction of ours')
  })

  test('a statement that comes after the end is refused, so it can never run inside somebody else’s transaction', async () => {
    const kept: Tx[] = []
    const keep = (tx: Tx): void => void kept.push(tx)
    await asOrganisation(one.id, (tx) => Promise.resolve(keep(tx)), narrow)
    const failing = asOrganisation(
      one.id,
      (tx) => {
        keep(tx)
        return Promise.reject(new Error('over'))
      },
      narrow,
    )
    await expect(failing).rejects.toThrow('over')
    await readAsOrganisation(one.id, (tx) => (keep(tx), [tx.execute(text`select 1`)]), narrow)
    expect(kept).toHaveLength(3)
    await asOrganisation(
      other.id,
      async (tx) => {
        await tx.execute(text`select 1`)
        for (const late of kept) {
          await expect(send(late, `select current_setting('app.org') as org`, [])).rejects.toThrow('is over')
          await expect(late.execute(text`select current_setting('app.org') as org`)).rejects.toThrow()
          await expect(insertEvent(late, other.id, newId())).rejects.toThrow()
        }
      },
      narrow,
    )
  })

  test('a sibling’s late statement after a failure stays outside the next transaction', async () => {
    const id = newId()
    const next = newId()
    const isReady = Promise.withResolvers<void>()
    let straggler: Promise<unknown> = Promise.resolve()
    const failing = asOrganisation(
      one.id,
      (tx) => {
        straggler = isReady.promise.then(() => insertEvent(tx, one.id, id))
        straggler.catch(() => {})
        return Promise.all([straggler, tx.execute(text`select 1 / 0`)])
      },
      narrow,
    )
    await expect(failing).rejects.toMatchObject({ sqlstate: '22012' })
    await asOrganisation(
      one.id,
      async (tx) => {
        await tx.execute(text`select 1`)
        isReady.resolve()
        await straggler.catch(() => {})
        await insertEvent(tx, one.id, next)
      },
      narrow,
    )
    expect(await isStored(next)).toBe(true)
    expect(await isStored(id)).toBe(false)
  })
})
