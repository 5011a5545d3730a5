import 'server-only'

import type { Actor, Circumstance } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { isUnavailable, strippedError } from '../platform/db/database-error.ts'
import { asOrganisation } from '../platform/db/transaction.ts'
import { addressKey, take } from '../platform/limiter.ts'
import { errorFacts, log } from '../platform/log.ts'
import { isVaultError } from '../vault/vault-error.ts'
import { writeEntry } from './trail.ts'
import { vaultOf } from './vault-of.ts'

/** Refusals worth an entry; bad input and missing rows are everyday. */
const remembered = new Set([
  'auth_required',
  'invalid_key',
  'invalid_signature',
  'forbidden',
  'wrong_origin',
  'key_in_query',
  'rate_limited',
])
const entriesPerMinute = 20

export interface Refused {
  organisation: OrganisationId
  actor: Actor
  circumstance: Circumstance
  useCase: string
  error: AppError
  facts?: Record<string, string | number | boolean | null>
}

/**
 * Records a refusal in a small transaction of its own, after the refused one rolled back. Limited, so that a
 * flood cannot fill the log; a refusal that cannot be recorded is still a refusal.
 */
export async function recordRefusal({
  organisation,
  actor,
  circumstance,
  useCase,
  error,
  facts,
}: Refused): Promise<void> {
  if (!remembered.has(error.code)) return
  const who = actor.id ?? addressKey(circumstance.address)
  if (!take(`refusal|${organisation}|${who}`, entriesPerMinute, 60).isAllowed) return
  try {
    const vault = await vaultOf(organisation)
    await asOrganisation(organisation, (tx) =>
      writeEntry(tx, vault, {
        organisation,
        actor,
        circumstance,
        action: 'access.refused',
        target: null,
        result: 'refused',
        facts: { use_case: useCase, code: error.code, ...facts },
      }),
    )
  } catch (failure) {
    log.error('a refusal was not recorded', { request_id: circumstance.requestId, ...errorFacts(failure) })
  }
}

/** Any failure as the one error a stranger may see; what we did not mean to throw is logged and told as `internal`. */
export function asAppError(failure: unknown, requestId: string): AppError {
  if (failure instanceof AppError) return failure
  const error = strippedError(failure)
  if (isVaultError(error)) {
    if (error.kind === 'revoked')
      return new AppError('key_disabled', 'Your encryption key is disabled, so nothing can be read.', {
        why: error.kind,
      })
    // `expired`: the keys were put away under this very request; the next one opens them anew.
    if (error.kind === 'outage' || error.kind === 'expired')
      return new AppError('unavailable', 'Try again in a moment.', { retryAfterSeconds: 5, why: 'vault outage' })
  }
  log.error('unexpected failure', { request_id: requestId, ...errorFacts(error) })
  if (isUnavailable(error))
    return new AppError('unavailable', 'Try again in a moment.', { retryAfterSeconds: 2, why: 'database' })
  return new AppError('internal', 'Something went wrong on our side.')
}
