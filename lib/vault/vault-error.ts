export type VaultErrorKind =
  /** Was sealed once, and is not what was sealed here: changed, moved, cut or bound to another index. */
  | 'tampered'
  /** Never was a sealed value. There is no plaintext fallback. */
  | 'not_sealed'
  /** This organisation has no such key (any more), or none that may seal. */
  | 'no_such_key'
  /** The owner of the root key has withdrawn it. */
  | 'revoked'
  /** The key service does not answer and nothing fresh enough is at hand. */
  | 'outage'
  /** This vault was held for too long or was purged; open another. */
  | 'expired'
  /** What the caller handed in cannot be sealed or hashed unambiguously. */
  | 'unusable_input'

/** Messages name the rule that was broken and never what it was broken with. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly kind: VaultErrorKind

  constructor(kind: VaultErrorKind, message: string) {
    super(message)
    this.kind = kind
  }
}

/** By name, not by class: one process may hold two copies of this module. */
export function isVaultError(error: unknown): error is VaultError {
  return error instanceof Error && error.name === 'VaultError' && 'kind' in error
}
