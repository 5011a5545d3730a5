import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { isOperatorOnly, type Permission } from '../kernel/permission.ts'
import { may } from './resolve.ts'
import type { Allow } from './use-case.ts'

/** Why this actor may not, or null when they may. */
export function refusalOf(allow: Allow, actor: Actor): AppError | null {
  if (allow === 'anyone') return null
  if (actor.kind === 'nobody') return new AppError('auth_required', 'Sign in first.')
  if (allow === 'self') return actor.kind === 'person' ? null : forbidden('self')
  return holds(actor, allow) ? null : forbidden(allow)
}

/** Whether an actor holds a permission in the organisation they act in. One answer for every door. */
export function holds(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'person':
      if (!actor.organisation || !actor.membership) return false
      return may(actor.membership, permission, { organisationSuspended: actor.organisation.isSuspended })
    case 'api_key':
      return !actor.organisation.isSuspended && actor.scopes.includes(permission) && !isOperatorOnly(permission)
    case 'provider':
      return !actor.organisation.isSuspended && permission === 'calls.ingest'
    case 'operator':
      return isOperatorOnly(permission)
    case 'system':
      return !isOperatorOnly(permission)
    case 'nobody':
      return false
  }
}

/** Keys reach calls of their own environment and what hangs on them; everybody else those of both. */
export function reaches(actor: Actor, environment: 'live' | 'test'): boolean {
  return actor.kind !== 'api_key' || actor.environment === environment
}

/** Digits and number-like text: only with masking off, and only for who may see phone numbers. */
export function maySeeDigits(actor: Actor): boolean {
  return actor.organisation !== null && !actor.organisation.masking && holds(actor, 'numbers.view')
}

function forbidden(permission: string): AppError {
  return new AppError('forbidden', 'You may not do this here. An owner or admin of the organisation can allow it.', {
    why: `lacks ${permission}`,
  })
}
