import 'server-only'

import { createHash, randomBytes } from 'node:crypto'

import type { OrganisationId } from '../kernel/ids.ts'
import { canonicalJson } from './canonical-json.ts'

export interface Entry {
  organisation: OrganisationId
  actorKind: 'person' | 'api_key' | 'provider' | 'operator' | 'system' | 'nobody'
  actor: string | null
  action: string
  target: string | null
  result: 'done' | 'refused'
  requestId: string
  apiKeyId: string | null
  /** Ids, enums and numbers only: they can never be erased. */
  facts: Record<string, string | number | boolean | null>
  details: SealedDetail[]
}

/** One erasable detail: already sealed, with the commitment that goes into the entry's body. */
export interface SealedDetail {
  id: string
  name: string
  commitment: string
  sealed: Uint8Array
}

const bodyVersion = 1

/** The exact bytes that are hashed into the leaf; with a nonce, so that a dropped entry cannot be guessed from its hash. */
export function entryBody(entry: Entry): Buffer {
  return Buffer.from(
    canonicalJson({
      schema_version: bodyVersion,
      organisation: entry.organisation,
      actor: { kind: entry.actorKind, id: entry.actor },
      action: entry.action,
      target: entry.target,
      result: entry.result,
      request_id: entry.requestId,
      api_key_id: entry.apiKeyId,
      facts: entry.facts,
      details: Object.fromEntries(entry.details.map((detail) => [detail.name, detail.commitment])),
      nonce: randomBytes(16).toString('hex'),
    }),
  )
}

const label = Buffer.from('orinode/audit-detail/v1')

/** SHA-256 over label, 16-byte salt, name and value, each with its length: hides low-entropy values such as an address. */
export function commitmentTo(salt: Uint8Array, name: string, value: string): string {
  const hash = createHash('sha256')
  for (const part of [label, salt, Buffer.from(name), Buffer.from(value)]) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    hash.update(length).update(part)
  }
  return hash.digest('hex')
}

/**
 * One statement, always the same text, that writes an entry and its details. The database gives id, time and
 * transaction, so nothing here can be backdated. Run it in the transaction of the act it names.
 */
export const appendText = `with entry as (
    insert into audit_entry (org, actor_kind, actor, action, target, result, request_id, api_key_id, body)
    values ($1::uuid, $2, $3::uuid, $4, $5::uuid, $6, $7::uuid, $8::uuid, $9) returning org, id, recorded_at)
  insert into audit_detail (org, id, entry_id, recorded_at, name, value_sealed)
  select entry.org, d.id, entry.id, entry.recorded_at, d.name, d.value::sealed
  from entry, unnest($10::uuid[], $11::text[], $12::bytea[]) as d (id, name, value)`

export function appendValues(entry: Entry): unknown[] {
  const list = (items: readonly string[]): string => `{${items.join()}}`
  return [
    entry.organisation,
    entry.actorKind,
    entry.actor,
    entry.action,
    entry.target,
    entry.result,
    entry.requestId,
    entry.apiKeyId,
    entryBody(entry),
    list(entry.details.map((detail) => detail.id)),
    list(entry.details.map((detail) => detail.name)),
    list(entry.details.map((detail) => `"\\\\x${Buffer.from(detail.sealed).toString('hex')}"`)),
  ]
}
