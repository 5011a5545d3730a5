import { member, person } from '#drizzle/schema/person'

import { AppError } from '../../kernel/app-error.ts'
import { newId, type OrganisationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permission.ts'
import type { Tx } from '../../platform/db/transaction.ts'

export interface NewPerson {
  email: string
  name: string
  /** Made before the transaction: hashing takes long. */
  passwordHash: string | null
}

/**
 * Writes down a member, and the person first where they are new. Answers who they are.
 * @throws AppError conflict where an account with this e-mail was made meanwhile, or they are a member already
 */
export async function insertMember(
  tx: Tx,
  { org, id, role, who }: { org: OrganisationId; id: string; role: Role; who: { personId: string } | NewPerson },
): Promise<string> {
  const personId = 'personId' in who ? who.personId : newId<'person'>()
  if (!('personId' in who)) {
    // Asked for how many, not for the row: a person is seen where they are a member, which they are not yet.
    const { count } = await tx
      .insert(person)
      .values({ id: personId, ...who })
      .onConflictDoNothing()
    if (count === 0) throw new AppError('conflict', 'An account with this e-mail was made just now. Try again.')
  }
  const made = await tx
    .insert(member)
    .values({ org, id, personId, role })
    .onConflictDoNothing()
    .returning({ id: member.id })
  if (made.length === 0) throw new AppError('conflict', 'This person is a member already.')
  return personId
}
