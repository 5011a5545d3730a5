import 'server-only'

import { acceptInvitation, findInvitation } from '#lib/features/team/index'

import { mintNobody, mintSystem } from '../guard/actors.ts'
import { recordRefusal } from '../guard/refusal.ts'
import { run } from '../guard/run.ts'
import { platformOrganisation } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { type ActionAnswer, actionAnswer } from './action-answer.ts'
import { markDoor } from './door.ts'

/** What an invitation's page may show to whoever holds its link; null when it is no longer open. */
export async function shownInvitation(
  token: string,
): Promise<{ organisation: string; role: string; email: string } | null> {
  const found = await findInvitation(token)
  return found && { organisation: found.organisation.name, role: found.role, email: found.email }
}

/** The invitation page's form. The link stands for the organisation; what it lets in is one new member, once. */
export const acceptInvitationAction = markDoor(
  { kind: 'action', useCase: acceptInvitation, entrance: 'invitation' },
  (given: { token: string; name: string; password: string }): Promise<ActionAnswer<{ slug: string }>> =>
    actionAnswer(async (circumstance) => {
      const { token, name, password } = Object(given) as Record<string, unknown> // from outside: judged below and by the use case
      const found = typeof token === 'string' ? await findInvitation(token) : null
      if (!found) {
        const error = new AppError('not_found', 'This invitation is no longer open. Ask for a new one.')
        await recordRefusal({
          organisation: platformOrganisation,
          actor: mintNobody(),
          circumstance,
          useCase: acceptInvitation.name,
          error,
        })
        throw error
      }
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
    }),
)
