import 'server-only'

import { headers } from 'next/headers.js'

import { acceptInvitation, findInvitation } from '#lib/features/team/index'

import { mintNobody, mintSystem } from '../guard/actors.ts'
import { takeByAddress } from '../guard/limits.ts'
import { asAppError, recordRefusal } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import { type Circumstance, platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { type ActionAnswer, actionAnswer } from './action-answer.ts'
import { circumstanceOf } from './circumstance.ts'
import { markDoor } from './door.ts'
import { forErrorPage } from './error-page.ts'

const wrongLinksPerMinute = 30

/**
 * The open invitation of a link, or null. An address that has used up its wrong links is refused from memory alone.
 * @throws AppError rate_limited
 */
async function openedBy(token: unknown, circumstance: Circumstance): ReturnType<typeof findInvitation> {
  try {
    const place = takeByAddress('wrong-link', wrongLinksPerMinute, 60, circumstance)
    const found = typeof token === 'string' ? await findInvitation(token) : null
    if (found) place.refund()
    return found
  } catch (failure) {
    const error = asAppError(failure, circumstance.requestId)
    const useCase = acceptInvitation.name
    await recordRefusal({ organisation: platformOrganisation, actor: mintNobody(), circumstance, useCase, error })
    throw error
  }
}

/** What an invitation's page may show to whoever holds its link; null when it is no longer open. */
export async function shownInvitation(
  token: string,
): Promise<{ organisation: string; role: string; email: string } | null> {
  const circumstance = circumstanceOf(await headers())
  const found = await openedBy(token, circumstance).catch((failure: unknown) => {
    throw forErrorPage(asAppError(failure, circumstance.requestId), circumstance.requestId)
  })
  return found && { organisation: found.organisation.name, role: found.role, email: found.email }
}

/** The invitation page's form. The link stands for the organisation; what it lets in is one new member, once. */
export const acceptInvitationAction = markDoor(
  { kind: 'action', useCase: acceptInvitation, entrance: 'invitation' },
  (given: { token: string; name: string; password: string }): Promise<ActionAnswer<{ slug: string }>> =>
    actionAnswer((circumstance) => acceptByLink(given, circumstance)),
)

/** @throws AppError */
export async function acceptByLink(given: unknown, circumstance: Circumstance): Promise<{ slug: string }> {
  const { token, name, password } = Object(given) as Record<string, unknown> // from outside: judged below and by the use case
  const found = await openedBy(token, circumstance)
  if (!found) throw new AppError('not_found', 'This invitation is no longer open. Ask for a new one.')
  const { country, masking, isSuspended, id, slug } = found.organisation
  const actor = mintSystem({
    kind: 'system',
    id: null,
    process: 'invitation',
    organisation: { id, country, masking, isSuspended },
  })
  const input = { id: found.id, email: found.email, password, ...(name === '' ? {} : { name }) }
  await run(acceptInvitation, actor, input, circumstance)
  return { slug }
}
