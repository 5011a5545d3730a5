import { and, eq } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { loadProvider } from './load-provider.ts'
import { requireProviderRoom } from './require-provider-room.ts'
import { ChangedProvider, OneProvider } from './shapes.ts'

/** Its address counts again, if the plan has room for one more. */
export const enableProvider = command({
  name: 'providers.enable',
  allow: 'config.manage',
  limit: perActor(120, 'hour'),
  audit: 'provider.enabled',
  input: OneProvider,
  output: ChangedProvider,
  async run({ input, actor, tx, organisation: org }) {
    const { id, kind, disabledAt } = await loadProvider(tx, org, input.id)
    if (!disabledAt) throw new AppError('conflict', 'This provider is switched on already.')
    await requireProviderRoom(tx, org, actor)
    await tx
      .update(provider)
      .set({ disabledAt: null })
      .where(and(eq(provider.org, org), eq(provider.id, id)))
    return recorded({ id }, { target: id, facts: { kind } })
  },
})
