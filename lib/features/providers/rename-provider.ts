import { and, eq } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { loadProvider } from './load-provider.ts'
import { ChangedProvider, RenameProvider } from './shapes.ts'

export const renameProvider = command({
  name: 'providers.rename',
  allow: 'config.manage',
  limit: perActor(120, 'hour'),
  audit: 'provider.renamed',
  input: RenameProvider,
  output: ChangedProvider,
  async run({ input, tx, organisation: org }) {
    const { id, name: before } = await loadProvider(tx, org, input.id)
    await tx
      .update(provider)
      .set({ name: input.name })
      .where(and(eq(provider.org, org), eq(provider.id, id)))
    return recorded({ id }, { target: id, details: { before, after: input.name } })
  },
})
