import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'

import { z } from 'zod'

import { codeOf, isLockOurs, releaseLock, takeLock } from './file-lock.ts'
import { isKmsError, KmsError } from './port.ts'

const LocalKey = z.strictObject({
  organisation: z.string(),
  /** 32 bytes. */
  material: z.base64().length(44),
  disabled: z.boolean(),
  deletionDate: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type LocalKey = z.output<typeof LocalKey>

const KeyFile = z.strictObject({
  format: z.literal('orinode-local-keys/1'),
  keys: z.record(z.string().regex(/^local:[0-9a-f-]{36}$/), LocalKey),
})

/** One JSON file shared by every process of the machine: re-read when it changed, replaced whole, never edited in place. */
export class LocalKeyFile {
  readonly #path: string
  readonly #now: () => number
  #seen = ''
  #keys: ReadonlyMap<string, LocalKey> = new Map()

  constructor(path: string, now: () => number) {
    this.#path = path
    this.#now = now
  }

  exists(): boolean {
    return existsSync(this.#path)
  }

  /** Harmless when another process was first: link() never replaces a file. */
  createEmpty(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const temporary = this.#writeTemporary(new Map(), 'empty')
    try {
      linkSync(temporary, this.#path)
      syncFolder(this.#path)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    } finally {
      unlinkSync(temporary)
    }
  }

  assertReadable(): void {
    this.#read()
  }

  /** Never answers for a key whose day has come before that key is gone from the disk. */
  async find(id: string): Promise<LocalKey | undefined> {
    if ([...this.#read().values()].some((key) => this.#isDead(key))) await this.change(() => undefined)
    return this.#read().get(id)
  }

  /** Applies the change to the newest file under a lock, and drops the keys whose day has come. */
  async change(apply: (keys: Map<string, LocalKey>) => void): Promise<void> {
    const lock = await takeLock(`${this.#path}.lock`)
    try {
      const keys = new Map([...this.#read()].filter(([, key]) => !this.#isDead(key)))
      apply(keys)
      this.#dropLeftovers()
      const temporary = this.#writeTemporary(keys, 'new')
      // Held up for so long that somebody took the lock for dead: what we read may be old by now.
      if (!isLockOurs(lock)) {
        unlinkSync(temporary)
        throw new KmsError('unreachable', 'KeyFileLockLost')
      }
      renameSync(temporary, this.#path)
      syncFolder(this.#path)
    } catch (error) {
      throw isKmsError(error) ? error : new KmsError('unreachable', codeOf(error))
    } finally {
      releaseLock(lock)
    }
  }

  #isDead(key: LocalKey): boolean {
    return key.deletionDate !== null && Date.parse(key.deletionDate) <= this.#now()
  }

  #read(): ReadonlyMap<string, LocalKey> {
    try {
      const { ino, mtimeNs, ctimeNs, size, mode } = statSync(this.#path, { bigint: true })
      if ((mode & 0o077n) !== 0n) throw new KmsError('unreachable', 'KeyFileReadableByOthers')
      const seen = `${ino}.${mtimeNs}.${ctimeNs}.${size}`
      if (seen !== this.#seen) {
        const file = KeyFile.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
        this.#keys = new Map(Object.entries(file.keys))
        this.#seen = seen
      }
      return this.#keys
    } catch (error) {
      // Neither the path nor the parser's complaint goes further: both could quote the file.
      throw isKmsError(error) ? error : new KmsError('unreachable', `KeyFile${codeOf(error)}`)
    }
  }

  /** A writer that died left keys behind in a file that no deletion would reach. Under the lock, nobody is writing one. */
  #dropLeftovers(): void {
    const folder = dirname(this.#path)
    const start = `${basename(this.#path)}.`
    for (const name of readdirSync(folder)) {
      if (name.startsWith(start) && name.endsWith('.new')) unlinkSync(join(folder, name))
    }
  }

  #writeTemporary(keys: ReadonlyMap<string, LocalKey>, ending: 'new' | 'empty'): string {
    const temporary = `${this.#path}.${randomUUID()}.${ending}`
    const handle = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(handle, JSON.stringify({ format: 'orinode-local-keys/1', keys: Object.fromEntries(keys) }, null, 2))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return temporary
  }
}

/** A rename survives a power cut only once its folder is on the disk too. */
function syncFolder(path: string): void {
  const handle = openSync(dirname(path), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
