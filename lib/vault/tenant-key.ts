import type { SealedColumn } from './columns.ts'
import { hkdfExpandSha512 } from './hkdf.ts'
import { lpText } from './length-prefix.ts'
import { VaultError } from './vault-error.ts'

const COLUMN_KEY_LENGTH = 64

/** 32 random bytes of one organisation, purpose and version, and the column keys derived from them so far. */
export class TenantKey {
  readonly version: number
  readonly #bytes: Buffer
  readonly #columnKeys = new Map<SealedColumn, Buffer>()
  #gone = false

  /** Copies the bytes, into memory of their own that can be wiped; the caller wipes what it passed. */
  constructor(bytes: Uint8Array, version: number) {
    if (bytes.length !== 32) throw new VaultError('tampered', 'A tenant key is not 32 bytes long')
    this.version = version
    this.#bytes = Buffer.alloc(32)
    this.#bytes.set(bytes)
  }

  get bytes(): Buffer {
    this.#assertThere()
    return this.#bytes
  }

  /** HKDF-Expand-SHA512(tenant key, "orinode/field/v1" ‖ lp(table) ‖ lp(column)). */
  columnKey(column: SealedColumn): Buffer {
    this.#assertThere()
    const known = this.#columnKeys.get(column)
    if (known) return known
    const info = Buffer.concat([Buffer.from('orinode/field/v1'), lpText(column.table), lpText(column.column)])
    const derived = hkdfExpandSha512(this.#bytes, info, COLUMN_KEY_LENGTH)
    this.#columnKeys.set(column, derived)
    return derived
  }

  zeroise(): void {
    this.#gone = true
    this.#bytes.fill(0)
    for (const derived of this.#columnKeys.values()) derived.fill(0)
    this.#columnKeys.clear()
  }

  /** Sealing under a key of zeros would look like success. */
  #assertThere(): void {
    if (this.#gone) throw new VaultError('expired', 'This key was put away')
  }
}
