import type { ActingOrganisation, Effect, Membership } from '../../kernel/actor.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import type { Permission, Role } from '../../kernel/permission.ts'
import type { Plan } from '../../kernel/plan.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { idleSeconds, sessionHash } from './session.ts'

export interface FoundSession {
  personId: PersonId
  name: string
  email: string
  sessionHash: Buffer
}

const touchEveryMs = 60_000

/** The live session of this cookie value, or null. Read on every request: ending a session needs no waiting. */
export async function findSession(sessionId: string, isWatching = false): Promise<FoundSession | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(sessionId)) return null
  const hash = sessionHash(sessionId)
  const [row] = await lookUp<{ person_id: string; person_name: string; email: string; last_seen_at: string }>(
    'select person_id, person_name, email, last_seen_at from session_find($1, $2)',
    [hash, idleSeconds],
  )
  if (!row) return null
  if (!isWatching && Date.now() - new Date(row.last_seen_at).getTime() > touchEveryMs)
    await lookUp('select session_touch($1)', [hash])
  return { personId: asId(row.person_id), name: row.person_name, email: row.email, sessionHash: hash }
}

/** This person's membership of the organisation a URL names, or null: unknown and foreign look the same. */
export async function findMembership(
  person: PersonId,
  slug: string,
): Promise<{ organisation: ActingOrganisation; membership: Membership } | null> {
  if (!/^[a-z0-9]{10,24}$/.test(slug)) return null
  const [row] = await lookUp<MembershipRow>('select * from member_find($1, $2)', [person, slug])
  if (!row) return null
  return {
    organisation: {
      id: asId(row.org),
      slug: row.slug,
      name: row.name,
      country: row.country,
      timeZone: row.time_zone,
      currency: row.currency,
      plan: row.plan,
      masking: row.masking,
      isSuspended: row.org_suspended,
    },
    membership: {
      id: asId(row.member_id),
      role: row.role,
      isSuspended: row.member_suspended,
      toggles: row.toggles,
      groups: [],
    },
  }
}

interface MembershipRow {
  org: string
  slug: string
  name: string
  country: string
  time_zone: string
  currency: string
  plan: Plan
  masking: boolean
  org_suspended: boolean
  member_id: string
  role: Role
  member_suspended: boolean
  toggles: Partial<Record<Permission, Effect>>
}
