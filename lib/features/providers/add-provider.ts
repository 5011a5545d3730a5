import { createHash, randomBytes } from 'node:crypto'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { newId } from '../../kernel/ids.ts'
import { ourOrigins } from '../../platform/origins.ts'
import { sealed } from '../../vault/columns.ts'
import { adapters } from './adapters/registry.ts'
import { settingsFor } from './adapters/settings.ts'
import { requireProviderRoom } from './require-provider-room.ts'
import { secretFor } from './secret-for.ts'
import { AddedProvider, AddProvider } from './shapes.ts'

/** Opens an address for a provider's events. */
export const addProvider = command({
  name: 'providers.add',
  allow: 'config.manage',
  limit: perActor(20, 'hour'),
  audit: 'provider.added',
  input: AddProvider,
  output: AddedProvider,
  async run({ input, actor, tx, organisation, vault }) {
    const { kind, name, environment } = input
    const settings = settingsFor(kind, input.settings)
    const authenticity = adapters[kind].authenticity(settings)
    const secret = secretFor({ kind, settings, authenticity, given: input.secret })
    await requireProviderRoom(tx, organisation, actor)
    const id = newId<'provider'>()
    const token = randomBytes(32).toString('base64url')
    const path = `/api/hooks/${kind}/${token}`
    await tx.insert(provider).values({
      org: organisation,
      id,
      kind,
      name,
      settings,
      pathHash: createHash('sha256').update(token).digest(),
      pathSealed: vault.seal(sealed.provider.path, id, path),
      secretSealed: secret && vault.seal(sealed.provider.secret, id, secret.text),
      environment,
    })
    return recorded(
      { id, path, address: `${ourOrigins()[0]}${path}`, secret: secret?.isMade ? secret.text : null },
      { target: id, facts: { kind, environment, authenticity } },
    )
  },
})
