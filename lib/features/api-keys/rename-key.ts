import { and, eq } from 'drizzle-orm'

import { apiKey } from '#drizzle/schema/api-key'

import { perActor } from '../../guard/limits.ts'
import { command, recorded } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { OneKey, RenameKey } from './shapes.ts'

export const renameKey = command({
  name: 'api-keys.rename',
  allow: 'api-keys.manage',
  limit: perActor(120, 'hour'),
  audit: 'api-key.renamed',
  input: RenameKey,
  output: OneKey,
  async run({ input, tx, organisation: org }) {
    const one = and(eq(apiKey.org, org), eq(apiKey.id, input.id))
    const [before] = await tx.select({ name: apiKey.name }).from(apiKey).where(one).for('update')
    if (!before) throw notFound()
    await tx.update(apiKey).set({ name: input.name }).where(one)
    return recorded({ id: input.id }, { target: input.id, details: { before: before.name, after: input.name } })
  },
})
