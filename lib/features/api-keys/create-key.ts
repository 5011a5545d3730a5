import { and, eq, gt, isNull } from 'drizzle-orm'

import { apiKey } from '#drizzle/schema/api-key'

import { holds } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { requireRoom } from '../../guard/room.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { newId } from '../../kernel/ids.ts'
import { keyHash, newKey } from './key-format.ts'
import { CreatedKey, CreateKey } from './shapes.ts'

/** A person gives a key no more than they hold; ingest is a machine's alone, so whoever manages keys may give that. */
export const createKey = command({
  name: 'api-keys.create',
  allow: 'api-keys.manage',
  limit: perActor(20, 'hour'),
  audit: 'api-key.created',
  input: CreateKey,
  output: CreatedKey,
  async run({ input, actor, tx, organisation, now }) {
    const isInUse = and(eq(apiKey.org, organisation), isNull(apiKey.revokedAt), gt(apiKey.expiresAt, now))
    await requireRoom(tx, actor, 'api-keys', () => tx.$count(apiKey, isInUse))
    const beyond =
      actor.kind === 'person'
        ? input.scopes.find((scope) => scope !== 'calls.ingest' && !holds(actor, scope))
        : undefined
    if (beyond !== undefined)
      throw new AppError('forbidden', 'A key can only be given what you hold yourself.', {
        why: `would give ${beyond}`,
      })
    const id = newId<'api-key'>()
    const key = newKey(input.environment)
    await tx.insert(apiKey).values({
      org: organisation,
      id,
      name: input.name,
      environment: input.environment,
      keyHash: keyHash(key),
      last4: key.slice(-4),
      scopes: input.scopes,
      expiresAt: new Date(now.getTime() + input.lifetime_days * 24 * 3_600_000),
    })
    return recorded(
      { id, key },
      {
        target: id,
        facts: { environment: input.environment, scopes: input.scopes.join(' ') },
        events: [{ type: 'api_key.created', payload: { id, environment: input.environment } }],
      },
    )
  },
})
