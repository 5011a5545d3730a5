import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'

import { superuserSqlAt } from '../../testing/database.ts'
import { temporaryHome } from '../../testing/home.ts'
import { removeAbandonedDatabase, startEmbeddedDatabase } from './start.ts'

let home: string
beforeEach(() => {
  home = temporaryHome()
})
afterEach(async () => {
  await removeAbandonedDatabase(home)
  rmSync(home, { recursive: true, force: true })
})

const dataOf = (): string => join(baseOf(), 'data')
const baseOf = (): string =>
  z.object({ base: z.string() }).parse(JSON.parse(readFileSync(join(home, 'database.json'), 'utf8'))).base

/** A process that has ended but that nobody has waited for still answers to its number. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self/stat') || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const sql = superuserSqlAt(url)
  try {
    return await sql.unsafe<Row[]>(statement)
  } finally {
    await sql.end()
  }
}

test('data and address outlive a stop, and a stop leaves no process and no pid file', async () => {
  const first = await startEmbeddedDatabase({ home })
  expect(first.isNew).toBe(true)
  await ask(first.superuserUrl, 'create table kept as select 42 as answer')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  expect(existsSync(join(dataOf(), 'postmaster.pid'))).toBe(false)

  const second = await startEmbeddedDatabase({ home })
  expect(second.isNew).toBe(false)
  expect(second.superuserUrl).toBe(first.superuserUrl)
  expect(await ask(second.superuserUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('a server whose parent was killed is found, ended and started again with its data', async () => {
  const code = `import { startEmbeddedDatabase } from ${JSON.stringify(join(import.meta.dirname, 'start.ts'))}
    const { pid, superuserUrl } = await startEmbeddedDatabase({ home: ${JSON.stringify(home)} })
    process.send({ pid, superuserUrl })`
  const parent = spawn(process.execPath, ['--conditions=react-server', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [orphan] = (await once(parent, 'message')) as [{ pid: number; superuserUrl: string }]
  await ask(orphan.superuserUrl, 'create table kept as select 1 as answer')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  expect(isAlive(orphan.pid)).toBe(true)

  const again = await startEmbeddedDatabase({ home })
  expect(isAlive(orphan.pid)).toBe(false)
  expect(await ask(again.superuserUrl, 'select answer from kept')).toEqual([{ answer: 1 }])
  await again.stop()
})

test('a killed server says so and starts again', async () => {
  const first = await startEmbeddedDatabase({ home })
  await ask(first.superuserUrl, 'create table kept as select 2 as answer')
  process.kill(first.pid, 'SIGKILL')
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' })
  const again = await startEmbeddedDatabase({ home })
  expect(await ask(again.superuserUrl, 'select answer from kept')).toEqual([{ answer: 2 }])
  await again.stop()
})

test('a pid file that names a process of somebody else does not stop a start, nor end that process', async () => {
  const first = await startEmbeddedDatabase({ home })
  const pidFile = join(dataOf(), 'postmaster.pid')
  const left = readFileSync(pidFile, 'utf8')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const stranger = spawn('sleep', ['60'])
  writeFileSync(pidFile, left.replace(/^\d+/, String(stranger.pid)))
  const again = await startEmbeddedDatabase({ home })
  expect(stranger.exitCode).toBeNull()
  expect(stranger.signalCode).toBeNull()
  await again.stop()
  stranger.kill()
})

test('nothing said to the database reaches its log, and it listens on loopback only', async () => {
  const database = await startEmbeddedDatabase({ home })
  await expect(ask(database.superuserUrl, "select '27825550142'::uuid")).rejects.toThrow(/uuid/)
  await expect(ask(database.superuserUrl, "do $$ begin raise exception 'said 27825550142'; end $$")).rejects.toThrow(
    /said/,
  )
  const settings = await ask<{ name: string; setting: string }>(
    database.superuserUrl,
    `select name, setting from pg_settings where name in
      ('listen_addresses', 'unix_socket_directories', 'password_encryption', 'log_error_verbosity', 'log_parameter_max_length',
       'log_parameter_max_length_on_error', 'shared_preload_libraries', 'server_encoding', 'fsync') order by name`,
  )
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    listen_addresses: '127.0.0.1',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    password_encryption: 'scram-sha-256',
    server_encoding: 'UTF8',
    shared_preload_libraries: '',
    unix_socket_directories: '',
  })
  await database.stop()
  const log = readFileSync(join(home, 'logs/database.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('27825550142')
})

test('a wrong password is refused, and the right one lies in a file of its own that only its owner reads', async () => {
  const database = await startEmbeddedDatabase({ home })
  const wrong = new URL(database.superuserUrl)
  wrong.password = 'guessed'
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password/)
  const file = join(home, 'database-superuser')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(new URL(database.superuserUrl).password).toBe(readFileSync(file, 'utf8').trim())
  expect(new URL(database.hostUrl).password).toBe('')
  expect(statSync(baseOf()).mode & 0o777).toBe(0o700)
  await database.stop()
})

test('two homes run side by side and removing one leaves nothing of it', async () => {
  const other = temporaryHome()
  const [one, two] = await Promise.all([startEmbeddedDatabase({ home }), startEmbeddedDatabase({ home: other })])
  expect(one.port).not.toBe(two.port)
  await two.remove()
  expect(isAlive(two.pid)).toBe(false)
  expect(readdirSync(other).toSorted()).toEqual(['database-superuser', 'database.json', 'logs', 'owner'])
  expect(await ask(one.superuserUrl, 'select 1 as alive')).toEqual([{ alive: 1 }])
  await one.stop()
  rmSync(other, { recursive: true, force: true })
})
