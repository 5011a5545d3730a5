import { apiKey } from '#drizzle/schema/api-key'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { newId } from '../../kernel/ids.ts'
import { keyHash, newKey } from './key-format.ts'
import { CreatedKey, CreateKey } from './shapes.ts'

export const createKey = command({
  name: 'api-keys.create',
  allow: 'api-keys.manage',
  limit: perActor(20, 'hour'),
  audit: 'api-key.created',
  input: CreateKey,
  output: CreatedKey,
  async run({ input, tx, organisation, now }) {
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
