import { actingMember } from '../../guard/acting-member.ts'
import { holds } from '../../guard/allowed.ts'
import type { Actor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'

/** The member meant, or null for whoever comes first. */
export function meant(to: string, me: string): string | null {
  if (to === 'nobody') return null
  return to === 'me' ? me : to
}

/**
 * Whether a follow-up may pass from one to another: nobody's and one's own are free to take, give back and finish.
 * @throws AppError forbidden where somebody else is concerned and the actor does not manage calls
 */
export function requireOwn(actor: Actor, ...concerned: (string | null)[]): void {
  const me = actingMember(actor)
  if (concerned.every((one) => one === null || one === me) || holds(actor, 'calls.manage')) return
  throw new AppError('forbidden', 'This follow-up is somebody else’s. Who manages calls can pass it on.', {
    why: 'lacks calls.manage',
  })
}
