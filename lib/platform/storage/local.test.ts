import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { asId, newId } from '../../kernel/ids.ts'
import { localStorage } from './local.ts'
import { type ObjectName, type Storage, StorageNameError } from './port.ts'

let parent: string
let root: string
let storage: Storage
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'storage-'))
  root = join(parent, 'storage')
  storage = localStorage(root)
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const fresh = (): ObjectName => ({ organisation: newId<'organisation'>(), id: newId() })
const pieces = (...texts: string[]): AsyncIterable<Uint8Array> => Readable.from(texts.map((text) => Buffer.from(text)))
const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const all = async <T>(of: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const one of of) found.push(one)
  return found
}

describe('an object', () => {
  test('is read whole or in part, and is no more once deleted, however often', async () => {
    const name = fresh()
    expect(await storage.put(name, pieces('hello ', 'world'))).toEqual({ bytes: 11 })
    expect(await storage.sizeOf(name)).toBe(11)
    expect((await storage.read(name, 0, 11)).toString()).toBe('hello world')
    expect((await storage.read(name, 4, 3)).toString()).toBe('o w')
    expect((await storage.read(name, 9, 100)).toString()).toBe('ld')
    expect(await storage.read(name, 50, 10)).toHaveLength(0)
    await storage.delete(name)
    await storage.delete(name)
    expect(await storage.sizeOf(name)).toBeNull()
    expect(await storage.read(name, 0, 1)).toHaveLength(0)
  })

  test('is listed with its organisation and nobody else’s', async () => {
    const [one, other] = [fresh(), fresh()]
    await storage.put(one, pieces('a'))
    await storage.put(other, pieces('bb'))
    expect(await all(storage.list(one.organisation))).toMatchObject([{ id: one.id, bytes: 1 }])
    expect((await all(storage.organisations())).toSorted()).toEqual([one.organisation, other.organisation].toSorted())
    expect(await all(storage.list(newId<'organisation'>()))).toEqual([])
  })

  test('can be read by its owner alone, and its name tells nothing', async () => {
    const name = fresh()
    await storage.put(name, pieces('a'))
    const [file = ''] = filesUnder(root)
    expect(file).toBe(join(root, name.organisation, name.id))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const folder of [root, join(root, name.organisation), join(root, 'unfinished')])
      expect(statSync(folder).mode & 0o777, folder).toBe(0o700)
  })

  test('is not followed to where a link leads', async () => {
    const name = fresh()
    await storage.put(name, pieces('a'))
    await storage.delete(name)
    writeFileSync(join(parent, 'outside'), 'outside')
    symlinkSync(join(parent, 'outside'), join(root, name.organisation, name.id))
    await expect(storage.read(name, 0, 7)).rejects.toMatchObject({ code: 'ELOOP' })
  })

  test.each([
    '../outside',
    '..',
    '.',
    '',
    '/etc/passwd',
    'unfinished',
    '0190aaaa-0000-7000-8000-000000000001/../x',
    '0190aaaa-0000-7000-8000-000000000001\0',
    '0190AAAA-0000-7000-8000-000000000001',
    '+2348035550142',
  ])('cannot be called %j', async (bad) => {
    const good = newId()
    writeFileSync(join(parent, 'outside'), 'outside')
    for (const name of [
      { organisation: asId<'organisation'>(bad), id: good },
      { organisation: asId<'organisation'>(good), id: bad },
    ]) {
      await expect(storage.put(name, pieces('x'))).rejects.toThrow(StorageNameError)
      await expect(storage.read(name, 0, 1)).rejects.toThrow(StorageNameError)
      await expect(storage.sizeOf(name)).rejects.toThrow(StorageNameError)
      await expect(storage.delete(name)).rejects.toThrow(StorageNameError)
    }
    await expect(all(storage.list(asId(bad)))).rejects.toThrow(StorageNameError)
    expect(readFileSync(join(parent, 'outside'), 'utf8')).toBe('outside')
  })
})

describe('an upload', () => {
  test('is nowhere to be read before its last byte, and leaves nothing when its source fails', async () => {
    const name = fresh()
    let inside: number | null = -1
    const failing = storage.put(
      name,
      (async function* () {
        yield Buffer.from('first')
        inside = await storage.sizeOf(name)
        throw new Error('the line was cut')
      })(),
    )
    await expect(failing).rejects.toThrow('the line was cut')
    expect(inside).toBeNull()
    expect(filesUnder(root)).toEqual([])
  })

  test('of a killed process is nowhere to be read, and is swept once nobody touches it', async () => {
    const name = fresh()
    const code = `import { localStorage } from ${JSON.stringify(join(import.meta.dirname, 'local.ts'))}
      await localStorage(${JSON.stringify(root)}).put(${JSON.stringify(name)}, (async function* () {
        yield Buffer.from('half of it')
        process.send('half')
        await new Promise((done) => setTimeout(done, 60_000))
      })())`
    const child = spawn(process.execPath, ['--conditions=react-server', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await once(child, 'message')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await storage.sizeOf(name)).toBeNull()
    expect(await all(storage.list(name.organisation))).toEqual([])
    const [left = ''] = filesUnder(root)
    expect(left).toContain(join(root, 'unfinished'))
    expect(await storage.sweepUnfinished(60_000), 'it may still be growing').toBe(0)
    const longAgo = new Date(Date.now() - 120_000)
    utimesSync(left, longAgo, longAgo)
    expect(await storage.sweepUnfinished(60_000)).toBe(1)
    expect(filesUnder(root)).toEqual([])
  })

  test('finds no storage, and says there is none to list, before the first object', async () => {
    expect(await all(storage.organisations())).toEqual([])
    expect(await storage.sweepUnfinished(0)).toBe(0)
    mkdirSync(root)
    expect(await storage.sweepUnfinished(0)).toBe(0)
  })
})
