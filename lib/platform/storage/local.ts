import 'server-only'

import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { asId, isUuid } from '../../kernel/ids.ts'
import { type ObjectName, type Storage, StorageNameError, type StoredObject } from './port.ts'

const unfinishedFolder = 'unfinished'

/**
 * Objects as files (0600) of a folder (0700) of this machine: `organisation/id`. A file is written beside its place,
 * synced and moved there whole, so a kill leaves an object or an unfinished piece, never half an object.
 */
export function localStorage(root: string): Storage {
  const unfinished = join(root, unfinishedFolder)
  const folderOf = (organisation: string): string => join(root, uuid(organisation))
  const pathOf = ({ organisation, id }: ObjectName): string => join(folderOf(organisation), uuid(id))

  return {
    async put(name, pieces) {
      const path = pathOf(name)
      for (const folder of [root, unfinished, folderOf(name.organisation)])
        await mkdir(folder, { recursive: true, mode: 0o700 })
      const begun = join(unfinished, randomUUID())
      try {
        const bytes = await writeNew(begun, pieces)
        await rename(begun, path)
        // The file's place, and the folder's in case this was its first file.
        for (const folder of [folderOf(name.organisation), root]) await syncFolder(folder)
        return { bytes }
      } catch (error) {
        await rm(begun, { force: true })
        throw error
      }
    },

    async sizeOf(name) {
      const found = await orNull(stat(pathOf(name)))
      return found?.isFile() ? found.size : null
    },

    async read(name, from, length) {
      const file = await orNull(open(pathOf(name), constants.O_RDONLY | constants.O_NOFOLLOW))
      if (!file) return Buffer.alloc(0)
      try {
        return await readFully(file, from, length)
      } finally {
        await file.close()
      }
    },

    async delete(name) {
      await rm(pathOf(name), { force: true })
    },

    async *organisations() {
      for (const entry of (await orNull(readdir(root))) ?? []) if (isUuid(entry)) yield asId(entry)
    },

    async *list(organisation) {
      for (const id of (await orNull(readdir(folderOf(organisation)))) ?? []) {
        const found = isUuid(id) ? await orNull(stat(join(folderOf(organisation), id))) : null
        if (found) yield { id, bytes: found.size, storedAt: found.mtime } satisfies StoredObject
      }
    },

    async sweepUnfinished(untouchedMs) {
      let swept = 0
      for (const name of (await orNull(readdir(unfinished))) ?? []) {
        const path = join(unfinished, name)
        const found = await orNull(stat(path))
        if (!found || Date.now() - found.mtimeMs < untouchedMs) continue
        await rm(path, { force: true })
        swept += 1
      }
      return swept
    },
  }
}

/** @throws StorageNameError for anything that could be more than a name */
function uuid(part: string): string {
  if (!isUuid(part)) throw new StorageNameError('a stored object is named by two ids')
  return part
}

async function writeNew(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten
      bytes += piece.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

/** The move itself must survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readFully(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
