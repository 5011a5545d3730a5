import type { OrganisationId } from '../../kernel/ids.ts'

/** Two random ids and nothing else: no caller, no file name, nothing anybody typed. */
export interface ObjectName {
  readonly organisation: OrganisationId
  readonly id: string
}

export interface StoredObject {
  readonly id: string
  readonly bytes: number
  readonly storedAt: Date
}

/** Where sealed bytes lie. What is handed in is ciphertext already. */
export interface Storage {
  /**
   * Takes the pieces as they come, no faster than it writes them. The object is there whole once this resolves and not
   * at all before; a name is used once.
   */
  put(name: ObjectName, pieces: AsyncIterable<Uint8Array>): Promise<{ bytes: number }>
  /** Null when there is no such object. */
  sizeOf(name: ObjectName): Promise<number | null>
  /** Fewer bytes than asked for where the object ends, or is gone. */
  read(name: ObjectName, from: number, length: number): Promise<Buffer>
  /** Also when it is gone already. */
  delete(name: ObjectName): Promise<void>
  organisations(): AsyncIterable<OrganisationId>
  list(organisation: OrganisationId): AsyncIterable<StoredObject>
  /** Removes what was begun and never finished, untouched for so long; answers how many. */
  sweepUnfinished(untouchedMs: number): Promise<number>
}

/** A name is a path or a key in a bucket before long, so it must be what it says. */
export class StorageNameError extends Error {
  override readonly name = 'StorageNameError'
}
