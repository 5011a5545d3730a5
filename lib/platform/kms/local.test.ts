import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, onTestFinished, test } from 'vitest'

import { newId, type OrganisationId } from '../../kernel/ids.ts'
import { faultOf } from '../../testing/kms-contract.ts'
import { LocalKeyFile } from './local-key-file.ts'
import { localKms, type LocalKmsOptions, LocalKmsRefusal } from './local.ts'

const organisation: OrganisationId = newId()
const context = { org: organisation }

function place(): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'orinode-kms-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { folder, path: join(folder, 'deep', 'keys.json') }
}

const start = (path: string, more: Partial<LocalKmsOptions> = {}) =>
  localKms({ path, tenantKeysExist: false, production: false, allowLocal: false, ...more })

describe('starting with keys in a local file', () => {
  test('is refused in production unless allowed by name', () => {
    const { path } = place()
    expect(() => start(path, { production: true })).toThrow(LocalKmsRefusal)
    expect(start(path, { production: true, allowLocal: true }).region).toBe('this-machine')
  })

  test('is refused when the file is missing and the database already holds keys, and makes none', () => {
    const { path, folder } = place()
    expect(() => start(path, { tenantKeysExist: true })).toThrow(LocalKmsRefusal)
    expect(readdirSync(folder)).toEqual([])
    start(path)
    expect(start(path, { tenantKeysExist: true }).kind).toBe('local')
  })

  test('is refused when others may read the file, or when it is not a key file', () => {
    const { path } = place()
    start(path)
    chmodSync(path, 0o640)
    expect(() => start(path)).toThrow('KeyFileReadableByOthers')
    chmodSync(path, 0o600)
    writeFileSync(path, '{"format":"orinode-local-keys/1","keys":{"local:x":{}}}')
    expect(() => start(path)).toThrow('KeyFile')
    expect(() => start(path)).not.toThrow('local:x')
  })
})

describe('the key file', () => {
  test('is readable by its owner only, also after a change, and leaves nothing beside it', async () => {
    const { path } = place()
    const kms = start(path)
    const key = await kms.createKey({ organisation })
    await kms.disableKey(key)
    expect(key).toMatch(/^local:[0-9a-f-]{36}$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json'])
  })

  test('is one truth for two instances: what one changes the other sees at once', async () => {
    const { path } = place()
    const [one, two] = [start(path), start(path)]
    const key = await one.createKey({ organisation })
    const wrapped = await two.generateDataKeyWithoutPlaintext({ key, context })
    await one.disableKey(key)
    expect(await faultOf(two.decrypt({ key, context, wrapped }))).toBe('disabled')
  })

  test('loses no key when two processes write at once', async () => {
    const { path } = place()
    const kms = start(path)
    const script = `
      import { localKms } from ${JSON.stringify(new URL('local.ts', import.meta.url).href)}
      const kms = localKms({ path: ${JSON.stringify(path)}, tenantKeysExist: false, production: false, allowLocal: false })
      for (let i = 0; i < 15; i += 1) await kms.createKey({ organisation: 'child' })`
    const child = spawn(process.execPath, ['--conditions=react-server', '--input-type=module', '-e', script], {
      stdio: 'inherit',
    })
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    const mine = await Promise.all(Array.from({ length: 15 }, () => kms.createKey({ organisation })))
    expect(await ended).toBe(0)
    for (const key of mine) expect((await kms.describeKey(key)).state).toBe('enabled')
    expect(readFileSync(path, 'utf8').match(/"local:/g)).toHaveLength(30)
  })

  test('survives a writer that died: its lock is broken, the keys it left lying about are gone', async () => {
    const { path } = place()
    const kms = start(path)
    writeFileSync(`${path}.lock`, 'a process that is no more')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(`${path}.lock`, longAgo, longAgo)
    writeFileSync(`${path}.0123.new`, 'keys')
    await kms.createKey({ organisation })
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json'])
  })

  test('a lock in use is respected', async () => {
    const { path } = place()
    const kms = start(path)
    writeFileSync(`${path}.lock`, 'somebody')
    let done = false
    const creating = kms.createKey({ organisation }).then(() => {
      done = true
    })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(done).toBe(false)
    rmSync(`${path}.lock`)
    await creating
  })

  test('is left alone by a writer whose lock was taken from it', async () => {
    const { path } = place()
    start(path)
    const before = readFileSync(path, 'utf8')
    const slow = new LocalKeyFile(path, Date.now).change((keys) => {
      keys.clear()
      writeFileSync(`${path}.lock`, 'somebody quicker')
    })
    await expect(slow).rejects.toMatchObject({ code: 'KeyFileLockLost' })
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect(readdirSync(join(path, '..'))).toEqual(['keys.json', 'keys.json.lock'])
  })

  test('is never replaced by a new one when it vanishes while we run', async () => {
    const { path } = place()
    const kms = start(path)
    const key = await kms.createKey({ organisation })
    rmSync(path)
    expect(await faultOf(kms.describeKey(key))).toBe('unreachable')
    expect(await faultOf(kms.createKey({ organisation }))).toBe('unreachable')
    expect(readdirSync(join(path, '..'))).toEqual([])
  })
})

describe('a key whose day has come', () => {
  test('is gone from the file before anybody is told that it is', async () => {
    const { path } = place()
    let now = Date.now()
    const kms = start(path, { now: () => now })
    const key = await kms.createKey({ organisation })
    const kept = await kms.createKey({ organisation })
    const wrapped = await kms.generateDataKeyWithoutPlaintext({ key, context })
    const date = await kms.scheduleKeyDeletion(key, 7)
    now = date.getTime() - 1
    expect((await kms.describeKey(key)).state).toBe('pending_deletion')
    now += 1
    expect(await faultOf(kms.describeKey(key))).toBe('not_found')
    expect(readFileSync(path, 'utf8')).not.toContain(key)
    expect(await faultOf(kms.cancelKeyDeletion(key))).toBe('not_found')
    expect(await faultOf(kms.decrypt({ key, context, wrapped }))).toBe('not_found')
    expect((await kms.describeKey(kept)).state).toBe('enabled')
  })
})
