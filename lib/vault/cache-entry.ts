import { type UnwrappedKeys, zeroiseAll } from './unwrapped-keys.ts'
import { VaultError } from './vault-error.ts'

/** From the moment before the key service was asked; nothing ever extends it. */
const LIFETIME_MS = 60_000
/** From here on an opener fetches anew, so that nobody is handed keys about to expire in their hands. */
const REFRESH_AFTER_MS = 45_000
const RETRY_AFTER_OUTAGE_MS = 1_000

/** The keys of one organisation while they may be used; every holder shares it, so closing it closes all of them. */
export class CacheEntry {
  readonly #now: () => number
  readonly #expiresAt: number
  readonly #timer: NodeJS.Timeout
  #refreshAt: number
  #keys: UnwrappedKeys | null
  #closed: 'expired' | 'revoked' = 'expired'

  constructor(keys: UnwrappedKeys, startedAt: number, now: () => number, onExpiry: () => void) {
    this.#keys = keys
    this.#now = now
    this.#expiresAt = startedAt + LIFETIME_MS
    this.#refreshAt = startedAt + REFRESH_AFTER_MS
    // An idle organisation's keys must leave memory too, though nobody comes by to notice.
    this.#timer = setTimeout(
      () => {
        this.close('expired')
        onExpiry()
      },
      Math.max(0, this.#expiresAt - now()),
    )
    this.#timer.unref()
  }

  /** Asked before every single use. */
  keys(): UnwrappedKeys {
    if (this.#now() >= this.#expiresAt) this.close('expired')
    if (this.#keys) return this.#keys
    throw this.#closed === 'revoked'
      ? new VaultError('revoked', 'The root key was withdrawn while this vault was open')
      : new VaultError('expired', 'This vault was held past its limit or purged; open another')
  }

  get isOpen(): boolean {
    return this.#keys !== null && this.#now() < this.#expiresAt
  }

  get wantsRefresh(): boolean {
    return this.#now() >= this.#refreshAt
  }

  putOffRefresh(): void {
    this.#refreshAt = this.#now() + RETRY_AFTER_OUTAGE_MS
  }

  close(because: 'expired' | 'revoked'): void {
    if (!this.#keys) return
    zeroiseAll(this.#keys)
    this.#keys = null
    this.#closed = because
    clearTimeout(this.#timer)
  }
}
