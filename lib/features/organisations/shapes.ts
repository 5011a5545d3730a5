import { z } from 'zod'

/** A tenant key as the key service wrapped it; never unwrapped on its way here. */
const WrappedKey = z.strictObject({
  purpose: z.enum(['field', 'blob', 'index', 'live']),
  version: z.int().positive(),
  state: z.enum(['pending', 'active', 'decrypt_only', 'destroyed']),
  kmsKey: z.string(),
  region: z.string(),
  wrapped: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

export const CreateOrganisation = z.strictObject({
  name: z.string().min(1).max(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  time_zone: z.string().min(1).max(60),
  masking: z.boolean().default(true),
  keys: z.array(WrappedKey).min(2),
})

export const CreatedOrganisation = z.object({ id: z.string(), slug: z.string() })

export const OpenPlatform = z.strictObject({ keys: z.array(WrappedKey).min(2) })
