import 'server-only'

import { createOrganisation, requestSignUp } from '#lib/features/organisations/index'
import { SignUp } from '#lib/features/organisations/shapes'

import { mintNobody, mintSystem } from '../guard/actors.ts'
import { foundOrganisation } from '../guard/found-organisation.ts'
import { run } from '../guard/run.ts'
import type { Circumstance } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { newId } from '../kernel/ids.ts'
import { type ActionAnswer, actionAnswer } from './action-answer.ts'
import { markDoor } from './door.ts'

/** The sign-up form: asked for as a stranger, then made as the organisation that is about to be. */
export const signUpAction = markDoor(
  { kind: 'action', useCase: requestSignUp, entrance: 'anyone' },
  (given: unknown): Promise<ActionAnswer<{ slug: string }>> =>
    actionAnswer((circumstance) => signUp(given, circumstance)),
)

/**
 * Makes an organisation with its owner, in one transaction. Keys are made only after the request was counted and accepted;
 * where the e-mail is taken meanwhile they stay behind, and nothing else does.
 * @throws AppError
 */
export async function signUp(given: unknown, circumstance: Circumstance): Promise<{ slug: string }> {
  const { person_id } = (await run(requestSignUp, mintNobody(), given, circumstance)).value
  const { organisation: name, country, ...person } = SignUp.parse(given)
  const id = newId<'organisation'>()
  const keys = await foundOrganisation(id)
  if (!keys)
    throw new AppError('unavailable', 'Something went wrong on our side. Try again.', { why: 'a new id had keys' })
  const maker = mintSystem({
    kind: 'system',
    id: null,
    process: 'sign-up',
    organisation: { id, country, masking: true, isSuspended: false },
  })
  const owner = { ...person, person_id }
  const { slug } = (await run(createOrganisation, maker, { name, country, owner, keys }, circumstance)).value
  return { slug }
}
