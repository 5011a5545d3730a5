import type { TenantKey } from './tenant-key.ts'

export type KeyPurpose = 'field' | 'blob' | 'index' | 'live'
export type KeyState = 'pending' | 'active' | 'decrypt_only' | 'destroyed'

/** A tenant key as the database keeps it. */
export interface TenantKeyRow {
  readonly purpose: KeyPurpose
  readonly version: number
  readonly state: KeyState
  /** The root key it is wrapped under, by the key service's own id. */
  readonly kmsKey: string
  readonly wrapped: Uint8Array
  readonly region: string
}

export interface UnwrappedKey {
  readonly purpose: KeyPurpose
  readonly state: KeyState
  readonly key: TenantKey
}

/** The keys of one organisation, all unwrapped at one time and put away at one time. */
export type UnwrappedKeys = readonly UnwrappedKey[]

export function zeroiseAll(keys: UnwrappedKeys): void {
  for (const { key } of keys) key.zeroise()
}
