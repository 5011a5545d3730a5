import { z } from 'zod'

const ProviderKind = z.enum(['retell'])

export const AddProvider = z.strictObject({
  kind: ProviderKind,
  name: z.string().min(1).max(120),
  /** What the provider signs with: for Retell, the API key that carries the webhook badge. */
  secret: z.string().min(8).max(500),
  environment: z.enum(['live', 'test']).default('live'),
})

/** The address is shown this once; only a hash of its random part is kept. */
export const AddedProvider = z.object({ id: z.string(), path: z.string() })
