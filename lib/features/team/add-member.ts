import { sql } from 'drizzle-orm'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { newId } from '../../kernel/ids.ts'
import { hashPassword } from '../identity/index.ts'
import { insertMember } from './insert-member.ts'
import { AddedMember, AddMember } from './shapes.ts'

/** Makes somebody a member, and a person first when their e-mail is new here. Only our own processes may; people invite. */
export const addMember = command({
  name: 'members.add',
  allow: 'platform.manage',
  limit: perActor(600, 'hour'),
  audit: 'member.added',
  input: AddMember,
  output: AddedMember,
  before: async ({ input }) => (input.password === undefined ? null : hashPassword(input.password)),
  async run({ input, tx, organisation: org, prepared: passwordHash }) {
    const { email, name, role } = input
    const [known] = await tx.execute<{ person_id: string }>(sql`select person_id from login_find(${email})`)
    const memberId = newId<'member'>()
    const who = known ? { personId: known.person_id } : { email, name, passwordHash }
    const personId = await insertMember(tx, { org, id: memberId, role, who })
    return recorded(
      { member_id: memberId, person_id: personId, is_new_person: !known },
      { target: memberId, facts: { role, person: personId }, details: { email } },
    )
  },
})
