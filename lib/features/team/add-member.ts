import { sql } from 'drizzle-orm'

import { member, person } from '#drizzle/schema/person'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { newId } from '../../kernel/ids.ts'
import { hashPassword } from '../identity/index.ts'
import { AddedMember, AddMember } from './shapes.ts'

/** Makes somebody a member, and a person first when their e-mail is new here. Only our own processes may; people invite. */
export const addMember = command({
  name: 'members.add',
  allow: 'platform.manage',
  limit: perActor(600, 'hour'),
  audit: 'member.added',
  input: AddMember,
  output: AddedMember,
  async run({ input, tx, organisation: org }) {
    const [known] = await tx.execute<{ person_id: string }>(sql`select person_id from login_find(${input.email})`)
    const personId = known?.person_id ?? newId<'person'>()
    if (!known) {
      const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
      await tx.insert(person).values({ id: personId, email: input.email, name: input.name, passwordHash })
    }
    const memberId = newId<'member'>()
    await tx.insert(member).values({ org, id: memberId, personId, role: input.role })
    return recorded(
      { member_id: memberId, person_id: personId, is_new_person: !known },
      { target: memberId, facts: { role: input.role, person: personId }, details: { email: input.email } },
    )
  },
})
