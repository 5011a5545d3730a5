import { and, eq } from 'drizzle-orm'

import { provider } from '#drizzle/schema/provider'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { AppError } from '../../kernel/app-error.ts'
import { loadProvider } from './load-provider.ts'
import { ChangedProvider, OneProvider } from './shapes.ts'

/** From now on its address is no address. What came in by it stays. */
export const disableProvider = command({
  name: 'providers.disable',
  allow: 'config.manage',
  limit: perActor(120, 'hour'),
  audit: 'provider.disabled',
  input: OneProvider,
  output: ChangedProvider,
  async run({ input, tx, organisation: org, now }) {
    const { id, kind, disabledAt } = await loadProvider(tx, org, input.id)
    if (disabledAt) throw new AppError('conflict', 'This provider is switched off already.')
    await tx
      .update(provider)
      .set({ disabledAt: now })
      .where(and(eq(provider.org, org), eq(provider.id, id)))
    return recorded({ id }, { target: id, facts: { kind } })
  },
})
