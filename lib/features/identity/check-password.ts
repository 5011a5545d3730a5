import { takeByAddress } from '../../guard/limits.ts'
import type { Circumstance } from '../../kernel/actor.ts'
import { settings } from '../../platform/env.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { verifyPassword } from './password.ts'

interface Tried {
  email: string
  password: string
  /** Where an e-mail nobody has is welcome, it is no wrong guess. */
  mayBeNew?: boolean
}

/**
 * Whether a password is that of an e-mail's account. Costs the same whichever it is. Guesses are counted by address,
 * together for every door that asks here; a right one gives its place back.
 * @throws AppError rate_limited
 */
export async function checkPassword(
  { email, password, mayBeNew = false }: Tried,
  circumstance: Circumstance,
): Promise<'unknown' | 'wrong' | { personId: string }> {
  const { LOGIN_LIMIT, LOGIN_WINDOW_SECONDS } = settings()
  const place = takeByAddress('password', LOGIN_LIMIT, LOGIN_WINDOW_SECONDS, circumstance)
  const [known] = await lookUp<{ person_id: string; password_hash: string | null; suspended: boolean }>(
    'select person_id, password_hash, suspended from login_find($1)',
    // Postgres text holds no NUL, and an account that cannot be must not answer otherwise than one that is not.
    [email.replaceAll('\0', '').trim().toLowerCase()],
  )
  const isRight = await verifyPassword(password, known?.password_hash ?? null)
  if (!known) {
    if (mayBeNew) place.refund()
    return 'unknown'
  }
  if (!isRight || known.suspended) return 'wrong'
  place.refund()
  return { personId: known.person_id }
}
