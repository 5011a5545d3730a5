import { lookUp } from '../../platform/db/transaction.ts'
import { verifyPassword } from './password.ts'

/** Whether a password is that of an e-mail's account. Costs the same whichever it is. */
export async function checkPassword(
  email: string,
  password: string,
): Promise<'unknown' | 'wrong' | { personId: string }> {
  const [known] = await lookUp<{ person_id: string; password_hash: string | null; suspended: boolean }>(
    'select person_id, password_hash, suspended from login_find($1)',
    // Postgres text holds no NUL, and an account that cannot be must not answer otherwise than one that is not.
    [email.replaceAll('\0', '').trim().toLowerCase()],
  )
  const isRight = await verifyPassword(password, known?.password_hash ?? null)
  if (!known) return 'unknown'
  return isRight && !known.suspended ? { personId: known.person_id } : 'wrong'
}
