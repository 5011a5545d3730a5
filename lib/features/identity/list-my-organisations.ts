import { sql } from 'drizzle-orm'
import { z } from 'zod'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { MyOrganisations } from './shapes.ts'

type Row = { slug: string; name: string; role: 'owner' | 'admin' | 'agent' }

/** Where the signed-in person is a member. */
export const listMyOrganisations = query({
  name: 'identity.list-my-organisations',
  allow: 'self',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: MyOrganisations,
  read: ({ tx, actor }) => [tx.execute<Row>(sql`select slug, name, role from membership_list(${actor.id}::uuid)`)],
  answer: (_, [rows]) => ({ data: [...rows] }),
})
