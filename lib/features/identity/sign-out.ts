import { sql } from 'drizzle-orm'
import { z } from 'zod'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'

/** Ends the session this request came with; its cookie is worth nothing from then on. */
export const signOut = command({
  name: 'identity.sign-out',
  allow: 'self',
  limit: perActor(60, 'minute'),
  audit: 'session.ended',
  input: z.strictObject({}),
  output: z.object({ ended: z.literal(true) }),
  async run({ actor, tx }) {
    if (actor.kind !== 'person') throw new AppError('auth_required', 'Sign in first.')
    await tx.execute(sql`select session_end(${Buffer.from(actor.sessionHash)})`)
    return recorded({ ended: true as const }, { target: actor.id, access: [actor.id] })
  },
})
