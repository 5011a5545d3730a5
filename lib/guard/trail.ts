import 'server-only'

import { randomBytes } from 'node:crypto'

import type { Actor, Circumstance } from '../kernel/actor.ts'
import { newId, type OrganisationId } from '../kernel/ids.ts'
import { appendText, appendValues, commitmentTo, type Entry, type SealedDetail } from '../ledger/append.ts'
import { send, type Tx } from '../platform/db/transaction.ts'
import { sealed } from '../vault/columns.ts'
import type { Vault } from '../vault/open-vault.ts'

export interface Act {
  organisation: OrganisationId
  actor: Actor
  circumstance: Circumstance
  action: string
  target: string | null
  result: Entry['result']
  facts?: Entry['facts']
  details?: Record<string, string>
}

/** Writes the entry of an act in its transaction. Where from and with what is always a sealed detail of it. */
export async function writeEntry(tx: Tx, vault: Vault, act: Act): Promise<void> {
  const { address, userAgent, requestId } = act.circumstance
  const details = { ...act.details, address, ...(userAgent ? { user_agent: userAgent.slice(0, 300) } : {}) }
  await send(
    tx,
    appendText,
    appendValues({
      organisation: act.organisation,
      actorKind: act.actor.kind,
      actor: act.actor.id,
      action: act.action,
      target: act.target,
      result: act.result,
      requestId,
      apiKeyId: act.actor.kind === 'api_key' ? act.actor.id : null,
      facts: act.facts ?? {},
      details: Object.entries(details).map(([name, value]) => sealDetail(vault, name, value)),
    }),
  )
}

const saltLength = 16

/** Salt and value are sealed together: a salt in the open would let an address be found by trying them all. */
function sealDetail(vault: Vault, name: string, given: string): SealedDetail {
  const id = newId<'audit-detail'>()
  const value = given.toWellFormed().normalize('NFC')
  const salt = randomBytes(saltLength)
  return {
    id,
    name,
    commitment: commitmentTo(salt, name, value),
    sealed: vault.sealBytes(sealed.auditDetail.value, id, Buffer.concat([salt, Buffer.from(value)])),
  }
}
