import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'

import { asOrganisation } from '../platform/db/transaction.ts'
import { enqueue } from '../platform/jobs/enqueue.ts'
import { ensureTestDatabase, superuserSql, type TestDatabase } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'

const sql = superuserSql({ max: 2 })
let database: TestDatabase
let gate: Gate
beforeAll(async () => {
  database = await ensureTestDatabase()
  gate = await openGate(new URL(database.superuserUrl))
})
afterAll(async () => {
  await gate.close()
  await sql.end()
})

/** Stands before the database. Shut, it answers as PostgreSQL does that is still recovering, and cuts who is inside. */
interface Gate {
  port: number
  refused: number
  isShut: boolean
  shut(): void
  close(): Promise<void>
}

async function openGate(to: URL): Promise<Gate> {
  const sockets = new Set<Socket>()
  const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is starting up', ''].join('\0')
  const body = Buffer.from(`${fields}\0`)
  const refusal = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), body])
  refusal.writeInt32BE(body.length + 4, 1)
  const server = createServer((near) => {
    sockets.add(near.on('error', () => {}))
    if (gate.isShut) {
      near.once('data', () => {
        gate.refused += 1
        near.end(refusal)
      })
      return
    }
    const far = dial({ host: to.hostname, port: Number(to.port) })
    sockets.add(far.on('error', () => {}))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const gate: Gate = {
    port: 0,
    refused: 0,
    isShut: false,
    shut: () => {
      gate.isShut = true
      gate.refused = 0
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  gate.port = typeof address === 'object' && address ? address.port : 0
  return gate
}

interface Worker {
  child: ChildProcess
  log: string[]
  exited: Promise<number | NodeJS.Signals | null>
}

const workers: Worker[] = []
/** The process itself, as `up` starts it. */
function startWorker(): Worker {
  const child = spawn(process.execPath, ['--conditions=react-server', join(import.meta.dirname, 'worker.ts')], {
    env: {
      NODE_ENV: 'production',
      ORINODE_HOME: database.home,
      DATABASE_HOST_URL: Object.assign(new URL(database.hostUrl), { port: String(gate.port) }).href,
      ROLES_FILE: database.rolesFile,
      KMS: 'local',
      KMS_KEY_FILE: `${database.home}/kms/keys.json`,
      ALLOW_LOCAL_KMS: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<number | NodeJS.Signals | null>((done) => {
    child.once('exit', (code, signal) => done(code ?? signal))
  })
  const log: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => log.push(text))
  const worker = { child, log, exited }
  workers.push(worker)
  return worker
}
vi.setConfig({ testTimeout: 150_000 })
afterEach(async () => {
  gate.isShut = false
  for (const { child, exited } of workers.splice(0)) {
    child.kill('SIGKILL')
    await exited
  }
})

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 })
const atWork = (worker: Worker) => soon(() => expect(worker.log.join('')).toContain('worker is at work'))

let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation()
  await sql`delete from jobs.job`
  // Due at once, however short ago a worker looked at the clock.
  await sql`update jobs.version set cron_on = null`
  const call = {
    external_id: 'a',
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  }
  await runAs(ingestCall, org.keyActor, call)
  await plant(
    sql,
    org.id,
    org.id,
    (tx) => tx`update call_event set expires_at = now() - interval '1 second' where org = ${org.id}`,
  )
})
const eventsLeft = async () =>
  (await sql<{ n: number }[]>`select count(*)::int as n from call_event where org = ${org.id}`)[0]?.n
const jobOf = async () =>
  (
    await sql<{ state: string; retry_count: number }[]>`
      select state, retry_count from jobs.job where data ->> 'org' = ${org.id} order by created_on`
  )[0]

test('waits for a database that is still recovering, outlives its restart, does its chores and leaves when told', async () => {
  gate.shut()
  const worker = startWorker()
  await soon(() => expect(gate.refused).toBeGreaterThan(1))
  gate.isShut = false
  await atWork(worker)
  gate.shut()
  await soon(() => expect(gate.refused).toBeGreaterThan(3))
  gate.isShut = false
  await soon(async () => expect(await eventsLeft()).toBe(0))
  expect(worker.child.exitCode).toBeNull()
  worker.child.kill('SIGTERM')
  expect(await worker.exited).toBe(0)
})

test('hears what other processes say, as the login it has', async () => {
  await atWork(startWorker())
  const lines = await sql<{ usename: string }[]>`
    select usename from pg_stat_activity where application_name = 'orinode_worker-listen' and query like 'listen%'`
  expect(lines.map((one) => one.usename)).toEqual(['orinode_worker'])
})

test('leaves when told even while the database is away', async () => {
  const worker = startWorker()
  await atWork(worker)
  gate.shut()
  worker.child.kill('SIGTERM')
  expect([0, 1]).toContain(await worker.exited)
})

test('killed in the middle of a job, leaves it to the next worker', async () => {
  await asOrganisation(org.id, (tx) => enqueue(tx, { name: 'calls.expire-events', payload: {} }))
  const first = startWorker()
  // Holds up the deletion itself.
  await sql.begin(async (tx) => {
    await tx`lock table call_event in share mode`
    await soon(async () => expect((await jobOf())?.state).toBe('active'))
    first.child.kill('SIGKILL')
    await first.exited
  })
  expect(await eventsLeft()).toBe(1)
  expect(await jobOf()).toEqual({ state: 'active', retry_count: 0 })
  await sql`update jobs.job set heartbeat_on = heartbeat_on - interval '1 minute', started_on = started_on - interval '1 minute'
    where state = 'active'`
  startWorker()
  await soon(async () => expect((await jobOf())?.state).toBe('retry'))
  await sql`update jobs.job set start_after = now() where state = 'retry'`
  await soon(async () => expect(await jobOf()).toEqual({ state: 'completed', retry_count: 1 }))
  expect(await eventsLeft()).toBe(0)
})
