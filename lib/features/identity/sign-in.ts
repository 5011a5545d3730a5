import { sql } from 'drizzle-orm'

import { perAddress } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { settings } from '../../platform/env.ts'
import { checkPassword } from './check-password.ts'
import { lifetimeSeconds, newSessionId, sessionHash } from './session.ts'
import { OpenedSession, SignIn } from './shapes.ts'

/** Opens a session. The same answer, at the same cost, for an unknown account and a wrong password. */
export const signIn = command({
  name: 'identity.sign-in',
  allow: 'anyone',
  limit: perAddress(settings().LOGIN_LIMIT, settings().LOGIN_WINDOW_SECONDS, true),
  audit: 'session.started',
  input: SignIn,
  output: OpenedSession,
  async before({ input, circumstance }) {
    const known = await checkPassword(input, circumstance)
    if (typeof known === 'string') throw new AppError('auth_required', 'That e-mail and password do not go together.')
    return known.personId
  },
  async run({ tx, prepared: personId }) {
    const sessionId = newSessionId()
    await tx.execute(sql`select session_open(${sessionHash(sessionId)}, ${personId}::uuid, ${lifetimeSeconds})`)
    return recorded({ session_id: sessionId, person_id: personId }, { target: personId })
  },
})
