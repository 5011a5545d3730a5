import { refusalOf } from '../../guard/allowed.ts'
import { may } from '../../guard/resolve.ts'
import type { Membership, PersonActor } from '../../kernel/actor.ts'
import { AppError } from '../../kernel/app-error.ts'
import { adminOnly, areaPermissions, ownerOnly, type Permission, type Role } from '../../kernel/permission.ts'

const personal: readonly Permission[] = [...areaPermissions, ...adminOnly, ...ownerOnly]

/** What a change would let somebody do that they could not do before. Suspension is set aside: it is lifted some day. */
function gains(before: Membership | null, after: Membership): Permission[] {
  const had = before && { ...before, isSuspended: false }
  const has = { ...after, isSuspended: false }
  return personal.filter((one) => may(has, one) && !(had && may(had, one)))
}

/** To which roles a member could invite somebody, as far as their own access goes. */
export function invitableRoles(author: Membership): Role[] {
  if (!may(author, 'team.manage')) return []
  return (['owner', 'admin', 'agent'] as const).filter((role) =>
    gains(null, { ...author, role, toggles: {}, groups: [] }).every((one) => may(author, one)),
  )
}

/**
 * Holds a change to the ceiling: nobody gives what they do not hold, and only an owner changes an owner.
 * @throws AppError forbidden, naming the first permission that is out of reach
 */
export function requireCeiling(author: PersonActor, before: Membership | null, after: Membership): void {
  if (before?.role === 'owner' && author.membership?.role !== 'owner')
    throw new AppError('forbidden', 'Only an owner can change an owner.', { why: 'changes an owner' })
  const beyond = gains(before, after).find((one) => refusalOf(one, author) !== null)
  if (beyond === undefined) return
  throw new AppError('forbidden', 'You can only give what you hold yourself.', { why: `would give ${beyond}` })
}
