import 'server-only'

import { createHash } from 'node:crypto'

import { and, eq, sql } from 'drizzle-orm'

import { idempotencyAnswer } from '#drizzle/schema/outbox'

import { AppError } from '../kernel/app-error.ts'
import { newId, type OrganisationId } from '../kernel/ids.ts'
import type { Tx } from '../platform/db/transaction.ts'
import { sealed } from '../vault/columns.ts'
import type { Vault } from '../vault/open-vault.ts'
import { canonicalJson, type Canonical } from '../ledger/canonical-json.ts'

const lifetimeMs = 24 * 3_600_000

export interface Repeatable {
  organisation: OrganisationId
  actor: string
  key: string
  useCase: string
  input: unknown
  /** An answer is given again only to whoever may still see what it holds. */
  seesDigits: boolean
  now: Date
}

/**
 * The answer kept for this Idempotency-Key, or null when the request is new. Two requests with one key wait for
 * each other here, so the second always finds the first's answer.
 * @throws AppError idempotency_mismatch when the key was used for something else
 */
export async function keptAnswer(tx: Tx, vault: Vault, ask: Repeatable): Promise<string | null> {
  const keyHash = vault.blindHash('idempotencyKey', ask.key)
  const mine = and(
    eq(idempotencyAnswer.org, ask.organisation),
    eq(idempotencyAnswer.actor, ask.actor),
    eq(idempotencyAnswer.keyHash, keyHash),
  )
  const locking = tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ask.organisation}|${ask.actor}|${keyHash.toString('hex')}`}, 0))`,
  )
  const [, [kept]] = await Promise.all([locking, tx.select().from(idempotencyAnswer).where(mine)])
  if (!kept) return null
  if (kept.expiresAt <= ask.now) {
    await tx.delete(idempotencyAnswer).where(mine)
    return null
  }
  if (kept.useCase !== ask.useCase || !fingerprintOf(vault, ask).equals(kept.fingerprint)) {
    throw new AppError(
      'idempotency_mismatch',
      'This Idempotency-Key was used for a different request, or before your rights changed.',
    )
  }
  return vault.open(sealed.idempotencyAnswer.body, kept.id, kept.answerSealed)
}

export function keepAnswerStatement(tx: Tx, vault: Vault, ask: Repeatable, answer: string) {
  const id = newId<'idempotency-answer'>()
  return tx.insert(idempotencyAnswer).values({
    org: ask.organisation,
    actor: ask.actor,
    keyHash: vault.blindHash('idempotencyKey', ask.key),
    id,
    useCase: ask.useCase,
    fingerprint: fingerprintOf(vault, ask),
    answerSealed: vault.seal(sealed.idempotencyAnswer.body, id, answer.normalize('NFC')),
    expiresAt: new Date(ask.now.getTime() + lifetimeMs),
  })
}

/** Keyed, so that a dump of this table says nothing about what was asked. */
function fingerprintOf(vault: Vault, ask: Repeatable): Buffer {
  const json = canonicalJson(JSON.parse(JSON.stringify(ask.input ?? null)) as Canonical) // parsed JSON is canonical by construction
  const asked = createHash('sha256')
    .update(ask.seesDigits ? 'digits ' : '')
    .update(json)
  return vault.blindHash('fingerprint', asked.digest('hex'))
}
