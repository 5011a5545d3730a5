import { hub } from '../../guard/live-hub.ts'
import type { ActingOrganisation, Environment } from '../../kernel/actor.ts'
import { asId, type Id } from '../../kernel/ids.ts'
import type { Permission } from '../../kernel/permission.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { environmentOf, isWellFormed, keyHash } from './key-format.ts'

export interface FoundKey {
  id: Id<'api-key'>
  organisation: Pick<ActingOrganisation, 'id' | 'country' | 'masking' | 'isSuspended'>
  environment: Environment
  scopes: readonly Permission[]
}

interface Row {
  org: string
  id: string
  environment: Environment
  scopes: Permission[]
  expires_at: string | null
  revoked_at: string | null
  country: string
  masking: boolean
  org_suspended: boolean
}

const freshMs = 30_000
const cap = 10_000
let forgotten = 0
const shared = globalThis as typeof globalThis & { orinodeKeys?: Map<string, { row: Row; readAt: number }> }

/** Forget what was looked up: a key, an organisation or a setting changed, or the line that would tell us went quiet. */
export function forgetKeys(): void {
  forgotten += 1
  shared.orinodeKeys?.clear()
}

/**
 * The key this text is, or null. Form and checksum first, so that noise costs no query; then 30 s from memory,
 * emptied by notice. Expiry is judged at every use.
 */
export async function findKey(key: string, mayLookUp = true, now = Date.now()): Promise<FoundKey | null> {
  if (!isWellFormed(key)) return null
  const hash = keyHash(key)
  const row = await rowOf(hash, mayLookUp, now)
  if (!row || row.revoked_at !== null || row.environment !== environmentOf(key)) return null
  if (row.expires_at !== null && new Date(row.expires_at).getTime() <= now) return null
  return {
    id: asId(row.id),
    organisation: { id: asId(row.org), country: row.country, masking: row.masking, isSuspended: row.org_suspended },
    environment: row.environment,
    scopes: row.scopes,
  }
}

/** Emptied whenever something changed, or might have while nobody could tell us. */
function cachedKeys(): Map<string, { row: Row; readAt: number }> {
  if (!shared.orinodeKeys) {
    shared.orinodeKeys = new Map()
    hub().onForget.add(forgetKeys)
  }
  return shared.orinodeKeys
}

async function rowOf(hash: Buffer, mayLookUp: boolean, now: number): Promise<Row | null> {
  const cache = cachedKeys()
  const name = hash.toString('base64')
  const kept = cache.get(name)
  const isDeaf = hub().listening?.isHeard() === false
  if (kept && now - kept.readAt < freshMs && !isDeaf) return kept.row
  if (!mayLookUp) return null
  const generation = forgotten
  const [row] = await lookUp<Row>('select * from api_key_find($1)', [hash])
  if (!row) return null
  // Told to forget while asking: what came back may be the old row.
  if (generation !== forgotten) return row
  if (cache.size >= cap) cache.clear()
  cache.set(name, { row, readAt: now })
  return row
}
