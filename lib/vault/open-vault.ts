import 'server-only'

import type { OrganisationId } from '../kernel/ids.ts'
import type { Kms } from '../platform/kms/port.ts'
import type { CacheEntry } from './cache-entry.ts'
import type { SealedColumn } from './columns.ts'
import { openField, sealedVersion, sealField } from './field-format.ts'
import { keyCache, type KeyCache } from './key-cache.ts'
import { exactText } from './length-prefix.ts'
import { pad, unpad } from './padding.ts'
import type { TenantKey } from './tenant-key.ts'
import { type BlindLabel, blindHash, callerToken } from './tokens.ts'
import type { UnwrappedKey } from './unwrapped-keys.ts'
import { VaultError } from './vault-error.ts'
import { type LoadKeys, unwrapKeys } from './wrapping.ts'

export interface CallerToken {
  readonly token: string
  readonly version: number
}

/**
 * One organisation's keys, opened for a piece of work. Everything is synchronous, and everything throws
 * VaultError once the keys were purged or are 60 seconds old: long work opens a vault per batch.
 */
export interface Vault {
  readonly organisation: OrganisationId
  seal(column: SealedColumn, rowId: string, plaintext: string, index?: Uint8Array): Buffer
  sealBytes(column: SealedColumn, rowId: string, plaintext: Uint8Array, index?: Uint8Array): Buffer
  open(column: SealedColumn, rowId: string, sealed: Uint8Array, index?: Uint8Array): string
  openBytes(column: SealedColumn, rowId: string, sealed: Uint8Array, index?: Uint8Array): Buffer
  callerToken(e164: string): CallerToken
  blindHash(label: BlindLabel, value: string): Buffer
}

export interface OpenVault {
  organisation: OrganisationId
  /** Asked on a cache miss only, once for everybody waiting. */
  loadKeys: LoadKeys
  kms: Kms
  /** Told once when the key service says the root key was withdrawn. */
  onRevoked?: (organisation: OrganisationId) => void
  /** The process's own, except in tests. */
  cache?: KeyCache
}

export async function openVault({
  organisation,
  loadKeys,
  kms,
  onRevoked,
  cache = keyCache(),
}: OpenVault): Promise<Vault> {
  const unwrap = () => unwrapKeys({ organisation, loadKeys, kms })
  return vaultOver(organisation, await cache.take(organisation, { unwrap, onRevoked }))
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function vaultOver(organisation: OrganisationId, entry: CacheEntry): Vault {
  const vault: Vault = {
    organisation,

    seal(column, rowId, plaintext, index) {
      return vault.sealBytes(column, rowId, exactText(plaintext), index)
    },

    sealBytes(column, rowId, plaintext, index) {
      const place = { organisation, column, rowId, index }
      return sealField(active(entry, 'field'), place, column.padded ? pad(plaintext) : plaintext)
    },

    open(column, rowId, sealed, index) {
      const bytes = vault.openBytes(column, rowId, sealed, index)
      try {
        return utf8.decode(bytes)
      } catch {
        throw new VaultError('unusable_input', 'The sealed value is bytes, not text')
      } finally {
        bytes.fill(0)
      }
    },

    openBytes(column, rowId, sealed, index) {
      const version = sealedVersion(sealed)
      const held = live(entry, 'field').find(({ key }) => key.version === version)
      if (!held)
        throw new VaultError('no_such_key', 'The key this value was sealed under is not among this organisation’s')
      const opened = openField(held.key, { organisation, column, rowId, index }, sealed)
      return column.padded ? unpad(opened) : opened
    },

    callerToken(e164) {
      const key = active(entry, 'index')
      return { token: callerToken(key, e164), version: key.version }
    },

    blindHash(label, value) {
      return blindHash(active(entry, 'index'), label, value)
    },
  }
  return vault
}

function live(entry: CacheEntry, purpose: 'field' | 'index'): UnwrappedKey[] {
  return entry.keys().filter((held) => held.purpose === purpose)
}

function active(entry: CacheEntry, purpose: 'field' | 'index'): TenantKey {
  const keys = live(entry, purpose).filter(({ state }) => state === 'active')
  const newest = keys.toSorted((a, b) => b.key.version - a.key.version)[0]
  if (!newest) throw new VaultError('no_such_key', `This organisation has no active ${purpose} key`)
  return newest.key
}
