import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { tryMapping as triedFields } from './adapters/generic-try.ts'
import { TriedMapping, TryMapping } from './shapes.ts'

/** What a mapping would make of a sample somebody pasted. The sample goes nowhere: it is read, told of in masks, and forgotten. */
export const tryMapping = query({
  name: 'providers.try-mapping',
  allow: 'config.manage',
  limit: perActor(120, 'minute'),
  audit: 'none',
  input: TryMapping,
  output: TriedMapping,
  read: () => [],
  answer({ input, actor }) {
    if (!actor.organisation) throw notFound()
    return { fields: triedFields(input.sample, input.mapping, actor.organisation.country) }
  },
})
