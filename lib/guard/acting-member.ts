import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'

/**
 * The member who acts.
 * @throws AppError forbidden to machines: what is done here has somebody one can ask
 */
export function actingMember(actor: Actor): string {
  if (actor.kind === 'person' && actor.membership) return actor.membership.id
  throw new AppError('forbidden', 'Only a member may do this.', { why: 'no member' })
}
