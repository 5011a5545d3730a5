import { createServer, connect as dial, type Socket } from 'node:net'

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

import { ingestCall, listCalls, readTranscript } from '#lib/features/calls/index'

import { outboxEvent } from '#drizzle/schema/outbox'

import { newId } from '../../kernel/ids.ts'
import { ensureTestDatabase, superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { purgeOrganisation } from '../../vault/key-cache.ts'
import { isUnavailable } from './database-error.ts'
import { closePools, onConnection, openPool, type Pool } from './pool.ts'
import { asOrganisation, lookUp, readAsOrganisation, send, type Tx } from './transaction.ts'

let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(closePools)

const poolOfOne = (more: Parameters<typeof openPool>[2] = {}): Pool => openPool('orinode_web', 1, more)

describe('waiting for a connection', () => {
  test('longer than five seconds is an outage, not a queue', async () => {
    const narrow = poolOfOne()
    const held = await narrow.sql.reserve()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const ran = vi.fn(() => Promise.resolve('ran'))
    const waiting = onConnection(narrow, ran).catch((error: unknown) => error)
    vi.advanceTimersByTime(4_999)
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    vi.advanceTimersByTime(1)
    const error = await waiting
    vi.useRealTimers()
    expect(isUnavailable(error)).toBe(true)
    expect(ran).not.toHaveBeenCalled()

    held.release()
    // It came too late for whoever gave up, and is there for the next.
    await expect(onConnection(narrow, (held) => held.sql`select 1 as here`)).resolves.toEqual([{ here: 1 }])
    await narrow.sql.end()
  })

  test('a connection comes back after work that throws', async () => {
    const narrow = poolOfOne()
    for (let time = 0; time < 3; time += 1) {
      await expect(onConnection(narrow, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    }
    await expect(onConnection(narrow, (held) => held.sql`select 1 as here`)).resolves.toEqual([{ here: 1 }])
    await narrow.sql.end()
  })
})

/** A stretch of wire between us and the server that can be cut, and that says who spoke, in turn: `>` we did, `<` it did. */
async function wire(): Promise<{ port: number; turns: string[]; cut(): Promise<void>; mend(): Promise<void> }> {
  const to = new URL((await ensureTestDatabase()).superuserUrl)
  const turns: string[] = []
  const sockets = new Set<Socket>()
  const speak = (who: string): void => {
    if (turns.at(-1) !== who) turns.push(who)
  }
  const server = createServer((near) => {
    const far = dial({ host: to.hostname, port: Number(to.port) })
    for (const one of [near, far]) sockets.add(one.on('error', () => {}))
    near.on('data', (bytes) => (speak('>'), far.write(bytes)))
    far.on('data', (bytes) => (speak('<'), near.write(bytes)))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const listen = (port: number): Promise<void> => new Promise((done) => void server.listen(port, '127.0.0.1', done))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    port,
    turns,
    mend: () => listen(port),
    cut: async () => {
      const closed = new Promise<void>((done) => void server.close(() => done()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

describe('a connection that the server ends in the middle of a transaction', () => {
  const sql = superuserSql()
  afterAll(() => sql.end())

  /** Ends the connection under some work on a pool of one, then uses the pool: what the caller learnt, and how often it still works. */
  async function endedUnder(
    work: (tx: Tx, isClosed: Promise<void>) => Promise<unknown>,
  ): Promise<{ isOutage: boolean; usesAfter: number }> {
    const closing = Promise.withResolvers<void>()
    const narrow = poolOfOne({ onclose: () => closing.resolve() })
    const failure = await asOrganisation(
      org.id,
      async (tx) => {
        const [row] = await send<{ pid: number }>(tx, 'select pg_backend_pid() as pid', [])
        await sql`select pg_terminate_backend(${row?.pid ?? 0})`
        return work(tx, closing.promise)
      },
      narrow,
    ).catch((error: unknown) => error)
    let usesAfter = 0
    for (let time = 0; time < 3; time += 1) {
      const values = { org: org.id, id: newId(), type: 'test.happened', payload: {} }
      await asOrganisation(org.id, (tx) => tx.insert(outboxEvent).values(values), narrow)
      usesAfter += (await lookUp('select 1 as one', [], narrow)).length
    }
    await narrow.sql.end({ timeout: 1 })
    return { isOutage: isUnavailable(failure), usesAfter }
  }

  const moments: [when: string, work: (tx: Tx, isClosed: Promise<void>) => Promise<unknown>][] = [
    ['while a statement is under way', (tx) => tx.select().from(outboxEvent).execute()],
    ['before the next statement', (tx, isClosed) => isClosed.then(() => tx.select().from(outboxEvent))],
    ['after the last statement', (_, isClosed) => isClosed],
    [
      'with many waiting behind it, sent or not',
      (tx) =>
        Promise.all(Array.from({ length: 20 }, (__, n) => send(tx, `select $1::int as n${n}, pg_sleep(0.01)`, [n]))),
    ],
    [
      'and the work swallows the error and carries on',
      async (tx) => {
        await send(tx, 'select 1', []).catch(() => {})
        await tx
          .select()
          .from(outboxEvent)
          .catch(() => {})
      },
    ],
  ]
  test.each(moments)('fails at once as an outage %s, and the pool keeps its place', async (_, work) => {
    expect(await endedUnder(work)).toEqual({ isOutage: true, usesAfter: 3 })
  })
})

test('after an outage of the server every place of the pool is there again', async () => {
  const line = await wire()
  const narrow = poolOfOne({ host: '127.0.0.1', port: line.port })
  const read = () => readAsOrganisation(org.id, (tx) => [tx.select().from(outboxEvent).limit(1)], narrow)
  await read()
  await line.cut()
  for (let time = 0; time < 3; time += 1)
    expect(isUnavailable(await read().catch((error: unknown) => error))).toBe(true)
  await line.mend()
  for (let time = 0; time < 3; time += 1) await expect(read()).resolves.toHaveLength(1)
  await narrow.sql.end({ timeout: 1 })
  await line.cut()
})

test('a whole request never holds two connections: it finishes on a pool of one, key look-up, entry and refusal included', async () => {
  await closePools()
  const narrow = poolOfOne()
  Object.assign(globalThis, { orinodePool: new Map([['orinode_web', narrow]]) })
  const call = {
    external_id: 'one-connection',
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Front desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
    transcript: [{ role: 'caller', text: 'Hello', at_ms: 0 }],
  }
  // Each with its keys put away first, so that they are read over a connection again.
  const without = async <T>(act: () => Promise<T>): Promise<T> => {
    purgeOrganisation(org.id)
    return act()
  }
  const told = await without(() => runAs(ingestCall, org.keyActor, call, { idempotencyKey: 'k-1' }))
  expect(told.is_new).toBe(true)
  expect((await without(() => runAs(listCalls, org.agent.actor, {}))).data).toHaveLength(1)
  const { turns } = await without(() => runAs(readTranscript, org.agent.actor, { id: told.call.id }))
  expect(turns).toHaveLength(1)
  await expect(without(() => runAs(ingestCall, org.agent.actor, call))).rejects.toMatchObject({ code: 'forbidden' })
  const sql = superuserSql()
  const refused = await sql`select 1 from audit_entry where org = ${org.id} and result = 'refused'`
  await sql.end()
  expect(refused).toHaveLength(1)
})

describe('what is sent together', () => {
  let line: Awaited<ReturnType<typeof wire>>
  let narrow: Pool
  beforeAll(async () => {
    line = await wire()
    narrow = poolOfOne({ host: '127.0.0.1', port: line.port })
  })
  afterAll(async () => {
    await narrow.sql.end()
    await line.cut()
  })

  test('a cheap read is one exchange: begin, setting, statements and commit leave in one burst', async () => {
    const read = () =>
      readAsOrganisation(org.id, (tx) => [tx.select().from(outboxEvent), tx.select().from(outboxEvent)], narrow)
    await read()
    line.turns.length = 0
    await read()
    expect(line.turns).toEqual(['>', '<'])
  })

  test('a change of one statement is two: the first leaves with begin and setting, then commit', async () => {
    const change = () =>
      asOrganisation(
        org.id,
        (tx) => tx.insert(outboxEvent).values({ org: org.id, id: newId(), type: 'test.happened', payload: {} }),
        narrow,
      )
    await change()
    line.turns.length = 0
    await change()
    expect(line.turns).toEqual(['>', '<', '>', '<'])
  })
})
