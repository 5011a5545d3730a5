import { z } from 'zod'

import { perAddress } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { settings } from '../../platform/env.ts'
import { checkPassword } from '../identity/index.ts'
import { SignUp } from './shapes.ts'

/**
 * A stranger asks for an organisation of their own: counted, shaped and written down before any key is made for it. Who has
 * an account already proves it with their password, and is answered by name; null: nobody has this e-mail yet.
 */
export const requestSignUp = command({
  name: 'organisations.request-sign-up',
  allow: 'anyone',
  limit: perAddress(settings().SIGN_UP_LIMIT, settings().SIGN_UP_WINDOW_SECONDS),
  audit: 'organisation.sign-up-requested',
  input: SignUp,
  output: z.object({ person_id: z.string().nullable() }),
  async before({ input: { email, password }, circumstance }) {
    const known = await checkPassword({ email, password, mayBeNew: true }, circumstance)
    if (known === 'wrong')
      throw new AppError('auth_required', 'There is an account with this e-mail already: its password is another one.')
    return known === 'unknown' ? null : known.personId
  },
  run: ({ input, prepared: personId }) =>
    Promise.resolve(
      recorded(
        { person_id: personId },
        { target: null, facts: { country: input.country }, details: { email: input.email } },
      ),
    ),
})
