import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { removeAbandonedDatabase, startEmbeddedDatabase } from '../platform/embedded-database/start.ts'
import { tryLock } from '../platform/home/held-lock.ts'
import { openHome } from '../platform/home/home.ts'
import { newId } from '../kernel/ids.ts'
import { localStorage } from '../platform/storage/local.ts'
import { temporaryHome } from '../testing/home.ts'

let home: string
beforeEach(() => {
  home = temporaryHome()
})
afterEach(async () => {
  await removeAbandonedDatabase(home)
  rmSync(home, { recursive: true, force: true })
})

function reset(more: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'bootstrap.mjs'), 'reset'],
    { env: { NODE_ENV: 'production', PATH: process.env['PATH'], ORINODE_HOME: home, ...more }, encoding: 'utf8' },
  )
  return { code: status, said: stdout + stderr }
}

/** What lies in a home besides the mark of its maker. */
const names = (): string[] =>
  readdirSync(home)
    .filter((name) => name !== 'owner')
    .toSorted()

/** A home as `up` leaves it, with a recording in it. */
async function furnish(): Promise<void> {
  await openHome(home)
  await (await startEmbeddedDatabase({ home, isDurable: false })).stop()
  for (const name of ['demo-cast.json', 'roles.json', 'up.json']) writeFileSync(join(home, name), '{}')
  const sound = { organisation: newId<'organisation'>(), id: newId() }
  await localStorage(join(home, 'storage')).put(sound, Readable.from([Buffer.from('sealed')]))
}

test('takes away everything that `up` put there: database, keys, recordings, certificates, secrets, logs', async () => {
  await furnish()
  expect(names().length).toBeGreaterThan(10)
  const { code, said } = reset()
  expect([code, said]).toEqual([0, expect.stringContaining('npm run up starts afresh')])
  expect(names()).toEqual([])
})

test('leaves whatever else lies there, and what only a link of one of its names leads to', async () => {
  await furnish()
  const elsewhere = join(home, 'elsewhere')
  for (const name of ['my-notes.txt', 'database.json.bak', '.env', 'elsewhere/a.log', 'kms-backup/keys.json']) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), 'mine')
  }
  rmSync(join(home, 'logs'), { recursive: true })
  symlinkSync(elsewhere, join(home, 'logs'))
  expect(reset().code).toBe(0)
  expect(names()).toEqual(['.env', 'database.json.bak', 'elsewhere', 'kms-backup', 'my-notes.txt'])
  expect(readFileSync(join(elsewhere, 'a.log'), 'utf8')).toBe('mine')
  expect(readFileSync(join(home, 'kms-backup/keys.json'), 'utf8')).toBe('mine')
})

test('touches nothing of a home whose database is a person’s own', async () => {
  await openHome(home)
  writeFileSync(join(home, 'roles.json'), '{}')
  const before = names()
  const { code, said } = reset({ DATABASE_URL: 'postgres://somebody@127.0.0.1:1/theirs' })
  expect([code, said]).toEqual([1, expect.stringContaining('a database of your own is yours to drop')])
  expect(names()).toEqual(before)
})

test('touches nothing while `up` runs there', async () => {
  await furnish()
  const before = names()
  const held = tryLock(join(home, 'up.lock'))
  const { code, said } = reset()
  held?.release()
  expect([code, said]).toEqual([1, expect.stringContaining('Already running')])
  expect(names()).toEqual([...before, 'up.lock'].toSorted())
})
