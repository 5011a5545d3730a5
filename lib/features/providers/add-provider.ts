import { createHash, randomBytes } from 'node:crypto'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { newId } from '../../kernel/ids.ts'
import { sealed } from '../../vault/columns.ts'
import { AddedProvider, AddProvider } from './shapes.ts'

export const addProvider = command({
  name: 'providers.add',
  allow: 'config.manage',
  limit: perActor(20, 'hour'),
  audit: 'provider.added',
  input: AddProvider,
  output: AddedProvider,
  async run({ input, tx, organisation, vault }) {
    const id = newId<'provider'>()
    const token = randomBytes(32).toString('base64url')
    await tx.insert(provider).values({
      org: organisation,
      id,
      kind: input.kind,
      name: input.name,
      pathHash: createHash('sha256').update(token).digest(),
      secretSealed: vault.seal(sealed.provider.secret, id, input.secret.normalize('NFC')),
      environment: input.environment,
    })
    return recorded(
      { id, path: `/api/hooks/${input.kind}/${token}` },
      { target: id, facts: { kind: input.kind, environment: input.environment } },
    )
  },
})
