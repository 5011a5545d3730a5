import { and, eq, isNull } from 'drizzle-orm'

import { apiKey } from '#drizzle/schema/api-key'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { OneKey } from './shapes.ts'

/**
 * For good: this process forgets the key at once, every other at the notice, and within 30 s where that is lost; one whose line
 * is quiet trusts no key it remembers.
 */
export const revokeKey = command({
  name: 'api-keys.revoke',
  allow: 'api-keys.manage',
  limit: perActor(120, 'hour'),
  audit: 'api-key.revoked',
  input: OneKey,
  output: OneKey,
  async run({ input, tx, organisation: org, now }) {
    const [gone] = await tx
      .update(apiKey)
      .set({ revokedAt: now })
      .where(and(eq(apiKey.org, org), eq(apiKey.id, input.id), isNull(apiKey.revokedAt)))
      .returning({ id: apiKey.id })
    if (!gone) throw notFound()
    return recorded(
      { id: gone.id },
      { target: gone.id, events: [{ type: 'api_key.revoked', payload: { id: gone.id } }], forgetsKeys: true },
    )
  },
})
