import type { OrganisationId } from '../../kernel/ids.ts'

/** Bound into every wrapped key and shown in the key owner's own log. Never holds anything secret. */
export type EncryptionContext = Readonly<Record<string, string>>

export type KmsKeyState = 'enabled' | 'disabled' | 'pending_deletion'

export interface KmsKeyDescription {
  readonly state: KmsKeyState
  /** When the key stops existing; null unless its deletion is pending. */
  readonly deletionDate: Date | null
}

/**
 * Where organisations' root keys live. Every refusal is a KmsError.
 * The states behave as AWS documents them, because that is what a customer's own key does:
 * a key whose deletion is cancelled comes back disabled, and a pending one can only be cancelled.
 */
export interface Kms {
  readonly kind: 'aws' | 'local'
  readonly region: string
  createKey(of: { organisation: OrganisationId }): Promise<string>
  generateDataKeyWithoutPlaintext(of: { key: string; context: EncryptionContext }): Promise<Uint8Array>
  /** The 32 bytes; the caller owns them and wipes them. */
  decrypt(of: { key: string; context: EncryptionContext; wrapped: Uint8Array }): Promise<Uint8Array>
  describeKey(key: string): Promise<KmsKeyDescription>
  disableKey(key: string): Promise<void>
  enableKey(key: string): Promise<void>
  scheduleKeyDeletion(key: string, days: number): Promise<Date>
  cancelKeyDeletion(key: string): Promise<void>
}

export type KmsFault =
  | 'disabled'
  | 'invalid_state'
  | 'access_denied'
  | 'not_found'
  | 'incorrect_key'
  | 'invalid_ciphertext'
  | 'wrong_region'
  | 'bad_request'
  | 'unreachable'

/**
 * `revoked`: asking again will not help until somebody changes the key, so stop using it now.
 * `outage`: the key may be fine but nobody answered.
 */
export class KmsError extends Error {
  override readonly name = 'KmsError'
  readonly kind: 'revoked' | 'outage'
  readonly fault: KmsFault
  /** The provider's own name for it, for our log. */
  readonly code: string

  constructor(fault: KmsFault, code: string = fault) {
    super(`The key service refused: ${code}`)
    this.kind = fault === 'unreachable' ? 'outage' : 'revoked'
    this.fault = fault
    this.code = code
  }
}

/** By name, not by class: one process may hold two copies of this module. */
export function isKmsError(error: unknown): error is KmsError {
  return error instanceof Error && error.name === 'KmsError' && 'fault' in error && 'kind' in error
}

/** AWS accepts 7 to 30 days and so do we: a shorter window could not be undone in time. */
export function assertDeletionWindow(days: number): void {
  if (!Number.isInteger(days) || days < 7 || days > 30) throw new KmsError('bad_request', 'DeletionWindow')
}
