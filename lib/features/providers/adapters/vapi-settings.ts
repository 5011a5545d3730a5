import { z } from 'zod'

import { headerName, hmacRule } from './hmac-rule.ts'
import type { ProviderSettings } from './port.ts'

/**
 * Vapi sends what its user chose among its custom credentials. `bearer`: a token in a header, with `Bearer ` before it or not.
 * `hmac`: a signature, every part of it chosen. `secret`: the older way, X-Vapi-Secret. Its OAuth 2.0 has no place here: we are
 * nobody's token server.
 */
const bearerRule = z.strictObject({
  mode: z.literal('bearer'),
  header: headerName.default('authorization'),
  has_prefix: z.boolean().default(true),
})
const secretRule = z.strictObject({ mode: z.literal('secret') })

const byDefault = (given: unknown): unknown =>
  typeof given === 'object' && given !== null ? { mode: 'bearer', ...given } : given

export const VapiSettings = z.preprocess(byDefault, z.discriminatedUnion('mode', [bearerRule, hmacRule, secretRule]))
export type VapiSettings = z.output<typeof VapiSettings>

/** Null for settings nobody could have saved: whatever then comes in is refused. */
export function vapiSettings(settings: ProviderSettings): VapiSettings | null {
  const read = VapiSettings.safeParse(settings)
  return read.success ? read.data : null
}
