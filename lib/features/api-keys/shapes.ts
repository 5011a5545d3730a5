import { z } from 'zod'

/** What a key may be given; the fewest that do the job. */
export const Scope = z.enum(['calls.ingest', 'calls.view', 'numbers.view'])
export type Scope = z.infer<typeof Scope>

export const CreateKey = z.strictObject({
  name: z.string().min(1).max(120),
  environment: z.enum(['live', 'test']),
  scopes: z.array(Scope).min(1),
  lifetime_days: z.int().min(1).max(365).default(90),
})

/** Shown this once; only its hash is kept. */
export const CreatedKey = z.object({ id: z.string(), key: z.string() })
