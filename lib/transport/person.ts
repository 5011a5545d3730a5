import 'server-only'

import { findMembership, findSession } from '#lib/features/identity/index'

import { mintPerson } from '../guard/actors.ts'
import type { PersonActor } from '../kernel/actor.ts'
import { AppError, notFound } from '../kernel/app-error.ts'
import { sessionIdFrom } from './session-cookie.ts'

/**
 * The person behind a session cookie, in the organisation a URL names when it names one.
 * @throws AppError auth_required without a live session; not_found where they are no member, known or not. `isWatching`: an open window looking again, which is no sign of life.
 */
export async function personBehind(
  cookie: string | undefined,
  slug: string | null,
  { isWatching = false } = {},
): Promise<PersonActor> {
  const sessionId = await sessionIdFrom(cookie)
  const session = sessionId === null ? null : await findSession(sessionId, isWatching)
  if (!session) throw new AppError('auth_required', 'Sign in first.')
  const found = slug === null ? null : await findMembership(session.personId, slug)
  if (slug !== null && !found) throw notFound()
  return mintPerson({
    kind: 'person',
    id: session.personId,
    name: session.name,
    email: session.email,
    sessionHash: session.sessionHash,
    organisation: found?.organisation ?? null,
    membership: found?.membership ?? null,
  })
}
