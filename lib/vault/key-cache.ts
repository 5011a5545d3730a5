import type { OrganisationId } from '../kernel/ids.ts'
import { CacheEntry } from './cache-entry.ts'
import { type UnwrappedKeys, zeroiseAll } from './unwrapped-keys.ts'
import { isVaultError, VaultError, type VaultErrorKind } from './vault-error.ts'

const ORGANISATIONS_MAX = 500
/** How long a refusal is repeated without asking again, so that a revoked key is no load on the key service. */
const REFUSAL_MS = 5_000
const ATTEMPTS = 3

interface Flight {
  cancelled: boolean
  landed: Promise<CacheEntry>
}
interface Refusal {
  until: number
  kind: VaultErrorKind
  message: string
}
export interface Fetch {
  unwrap: () => Promise<UnwrappedKeys>
  /** Called once per discovery, not per refused request: tell the other processes. */
  onRevoked?: ((organisation: OrganisationId) => void) | undefined
}

/**
 * Unwrapped tenant keys, least recently used out first. The default clock is monotonic:
 * setting the wall clock back must not keep a revoked key alive.
 */
export class KeyCache {
  readonly #now: () => number
  readonly #max: number
  /** In order of use. Per organisation the newest last; older ones only serve whoever still holds them. */
  readonly #entries = new Map<OrganisationId, CacheEntry[]>()
  readonly #flights = new Map<OrganisationId, Flight>()
  readonly #refusals = new Map<OrganisationId, Refusal>()

  constructor({ now = () => performance.now(), max = ORGANISATIONS_MAX }: { now?: () => number; max?: number } = {}) {
    this.#now = now
    this.#max = max
  }

  async take(organisation: OrganisationId, fetch: Fetch): Promise<CacheEntry> {
    for (let attempt = 1; ; attempt += 1) {
      this.#assertNotRefused(organisation)
      const entry = this.#entries.get(organisation)?.at(-1)
      if (entry?.isOpen && !entry.wantsRefresh) {
        this.#touch(organisation)
        return entry
      }
      try {
        return await this.#fetchOnce(organisation, fetch)
      } catch (error) {
        if (isVaultError(error) && error.kind === 'expired' && attempt < ATTEMPTS) continue
        if (!entry?.isOpen) throw error
        entry.putOffRefresh()
        return entry
      }
    }
  }

  /** Puts this organisation's keys away now, in every hand, and makes a fetch already under way start over. */
  purge(organisation: OrganisationId, because: 'expired' | 'revoked' = 'expired'): void {
    const flight = this.#flights.get(organisation)
    if (flight) flight.cancelled = true
    this.#flights.delete(organisation)
    for (const entry of this.#entries.get(organisation) ?? []) entry.close(because)
    this.#entries.delete(organisation)
  }

  purgeAll(): void {
    for (const organisation of [...this.#entries.keys(), ...this.#flights.keys()]) this.purge(organisation)
    this.#refusals.clear()
  }

  #fetchOnce(organisation: OrganisationId, fetch: Fetch): Promise<CacheEntry> {
    const running = this.#flights.get(organisation)
    if (running) return running.landed
    const { promise, resolve, reject } = Promise.withResolvers<CacheEntry>()
    const flight: Flight = { cancelled: false, landed: promise }
    this.#flights.set(organisation, flight)
    this.#fetch(organisation, fetch, flight).then(resolve, reject)
    return promise
  }

  async #fetch(organisation: OrganisationId, fetch: Fetch, flight: Flight): Promise<CacheEntry> {
    const startedAt = this.#now()
    let keys: UnwrappedKeys
    try {
      keys = await fetch.unwrap()
    } catch (error) {
      if (isVerdict(error)) this.#refuse(organisation, error, fetch)
      throw error
    } finally {
      if (this.#flights.get(organisation) === flight) this.#flights.delete(organisation)
    }
    // The keys may have been read before whatever the purge was about.
    if (flight.cancelled) {
      zeroiseAll(keys)
      throw new VaultError('expired', 'The keys were purged while they were being fetched')
    }
    return this.#hold(organisation, keys, startedAt)
  }

  #hold(organisation: OrganisationId, keys: UnwrappedKeys, startedAt: number): CacheEntry {
    const entry = new CacheEntry(keys, startedAt, this.#now, () => this.#forgetClosed(organisation))
    this.#forgetClosed(organisation)
    this.#entries.set(organisation, [...(this.#entries.get(organisation) ?? []), entry])
    this.#touch(organisation)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#max) break
      this.purge(oldest)
    }
    return entry
  }

  #refuse(organisation: OrganisationId, { kind, message }: VaultError, fetch: Fetch): void {
    this.purge(organisation, kind === 'revoked' ? 'revoked' : 'expired')
    // Keys that are not there yet may be there in a moment.
    if (kind === 'no_such_key') return
    for (const [other, { until }] of this.#refusals) if (until <= this.#now()) this.#refusals.delete(other)
    this.#refusals.set(organisation, { until: this.#now() + REFUSAL_MS, kind, message })
    if (kind === 'revoked') fetch.onRevoked?.(organisation)
  }

  #assertNotRefused(organisation: OrganisationId): void {
    const refusal = this.#refusals.get(organisation)
    if (refusal && this.#now() < refusal.until) throw new VaultError(refusal.kind, refusal.message)
  }

  #touch(organisation: OrganisationId): void {
    const entries = this.#entries.get(organisation)
    this.#entries.delete(organisation)
    if (entries) this.#entries.set(organisation, entries)
  }

  #forgetClosed(organisation: OrganisationId): void {
    const open = (this.#entries.get(organisation) ?? []).filter((entry) => entry.isOpen)
    if (open.length > 0) this.#entries.set(organisation, open)
    else this.#entries.delete(organisation)
  }
}

/** A decision about these keys, as opposed to nobody having answered. */
function isVerdict(error: unknown): error is VaultError {
  return isVaultError(error) && (error.kind === 'revoked' || error.kind === 'tampered' || error.kind === 'no_such_key')
}

declare global {
  var orinodeKeyCache: KeyCache | undefined
}

/** One per process, however many copies of this module it holds (the front server's and Next's). */
export function keyCache(): KeyCache {
  globalThis.orinodeKeyCache ??= new KeyCache()
  return globalThis.orinodeKeyCache
}

export function purgeOrganisation(organisation: OrganisationId): void {
  keyCache().purge(organisation)
}

/** For when we may have missed a purge, such as a silent notification channel. */
export function purgeEverything(): void {
  keyCache().purgeAll()
}
