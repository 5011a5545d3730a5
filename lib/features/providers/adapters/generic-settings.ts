import { z } from 'zod'

import { GenericMapping } from './generic-mapping.ts'
import { headerName, hmacRule } from './hmac-rule.ts'
import type { ProviderSettings } from './port.ts'

const secretRule = z.strictObject({ mode: z.literal('secret'), header: headerName.default('x-webhook-secret') })
/** Unless it says otherwise a system of somebody's own signs the bare body. */
const signatureRule = hmacRule.omit({ algorithm: true, payload: true, header: true }).extend({
  header: headerName.default('x-webhook-signature'),
  algorithm: z.literal('sha256').default('sha256'),
  payload: z
    .string()
    .max(200)
    .refine((text) => text.includes('{body}'), 'must hold {body}: what is not signed can be changed')
    .default('{body}'),
})

/** How a system of the organisation's own proves itself, where its calls are handled, and what its JSON means. */
export const GenericSettings = z.strictObject({
  signature: z.discriminatedUnion('mode', [signatureRule, secretRule]).prefault({ mode: 'hmac' }),
  mapping: GenericMapping,
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country such as NG'))
    .max(20)
    .default([]),
})
export type GenericSettings = z.output<typeof GenericSettings>

/** Null for settings nobody could have saved: whatever then comes in is refused. */
export function genericSettings(settings: ProviderSettings): GenericSettings | null {
  const read = GenericSettings.safeParse(settings)
  return read.success ? read.data : null
}
