import { sql } from 'drizzle-orm'
import { z } from 'zod'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { MyOrganisations } from './shapes.ts'

type Row = { slug: string; name: string; role: 'owner' | 'admin' | 'agent' }

/** Who is signed in, and where they are a member. */
export const listMyOrganisations = query({
  name: 'identity.list-my-organisations',
  allow: 'self',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: MyOrganisations,
  read: ({ tx, actor }) => [tx.execute<Row>(sql`select slug, name, role from membership_list(${actor.id}::uuid)`)],
  answer({ actor }, [rows]) {
    if (actor.kind !== 'person') throw new AppError('auth_required', 'Sign in first.')
    return { person: { email: actor.email }, data: [...rows] }
  },
})
