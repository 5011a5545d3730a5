import { desc, eq } from 'drizzle-orm'
import { z } from 'zod'

import { apiKey } from '#drizzle/schema/api-key'

import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { planMost } from '../../kernel/plan.ts'
import { Keys } from './shapes.ts'

/** Every key of the organisation, the newest first. What is shown of a key is its last four characters. */
export const listKeys = query({
  name: 'api-keys.list',
  allow: 'api-keys.manage',
  limit: perActor(600, 'minute'),
  audit: 'none',
  input: z.strictObject({}),
  output: Keys,
  read: ({ tx, organisation }) => [
    tx
      .select({
        id: apiKey.id,
        name: apiKey.name,
        environment: apiKey.environment,
        last4: apiKey.last4,
        scopes: apiKey.scopes,
        createdAt: apiKey.createdAt,
        expiresAt: apiKey.expiresAt,
        revokedAt: apiKey.revokedAt,
      })
      .from(apiKey)
      .where(eq(apiKey.org, organisation))
      .orderBy(desc(apiKey.createdAt), desc(apiKey.id)),
  ],
  answer({ now, actor }, [rows]) {
    return {
      data: rows.map(({ createdAt, expiresAt, revokedAt, ...row }) => ({
        ...row,
        created_at: createdAt.toISOString(),
        expires_at: expiresAt?.toISOString() ?? null,
        revoked_at: revokedAt?.toISOString() ?? null,
        state: revokedAt
          ? ('revoked' as const)
          : expiresAt && expiresAt <= now
            ? ('expired' as const)
            : ('active' as const),
      })),
      most: actor.kind === 'person' && actor.organisation ? planMost(actor.organisation.plan, 'api-keys') : null,
    }
  },
})
