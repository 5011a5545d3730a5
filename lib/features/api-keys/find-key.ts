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
/** What was looked up, and how often it was forgotten: together, because a process holds more than one instance of this module. */
interface Remembered {
  rows: Map<string, { row: Row; readAt: number }>
  forgotten: number
}
const shared = globalThis as typeof globalThis & { orinodeKeys?: Remembered }

/** Forget what was looked up: a key, an organisation or a setting changed, or the line that would tell us went quiet. */
export function forgetKeys(): void {
  const remembered = rememberedKeys()
  remembered.forgotten += 1
  remembered.rows.clear()
}

/**
 * The key this text is, or null. Form and checksum first, so that noise costs no query; then 30 s from memory, emptied by
 * notice: where a notice is lost, a key that was taken away is good for those 30 s. Expiry is judged at every use.
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

/** Whether this text was a key once, as far as it was looked up lately: one that was taken away is used in error, not guessed. */
export function wasIssued(key: string): boolean {
  return isWellFormed(key) && rememberedKeys().rows.has(keyHash(key).toString('base64'))
}

/** Emptied whenever something changed, or might have while nobody could tell us. */
function rememberedKeys(): Remembered {
  if (!shared.orinodeKeys) {
    shared.orinodeKeys = { rows: new Map(), forgotten: 0 }
    hub().onForget.add(forgetKeys)
  }
  return shared.orinodeKeys
}

async function rowOf(hash: Buffer, mayLookUp: boolean, now: number): Promise<Row | null> {
  const remembered = rememberedKeys()
  const name = hash.toString('base64')
  const kept = remembered.rows.get(name)
  const isDeaf = hub().listening?.isHeard() === false
  if (kept && now - kept.readAt < freshMs && !isDeaf) return kept.row
  // One that was found before is no guess.
  if (!mayLookUp && !kept) return null
  const { forgotten } = remembered
  const [row] = await lookUp<Row>('select * from api_key_find($1)', [hash])
  if (!row) return null
  // Told to forget while asking: what came back may be the old row.
  if (forgotten !== remembered.forgotten) return row
  if (remembered.rows.size >= cap) remembered.rows.clear()
  remembered.rows.set(name, { row, readAt: now })
  return row
}
