import type { ProviderKind } from '../../kernel/provider-kind.ts'
import { genericDayMapping } from './generic-day.ts'

/** How a made-up hook of each kind is set up. Without a secret: nothing signs its events. */
export const hookSettings: Record<ProviderKind, { settings: Record<string, unknown>; isSigned: boolean }> = {
  retell: { settings: {}, isSigned: true },
  vapi: { settings: { mode: 'hmac', header: 'x-signature', algorithm: 'sha256' }, isSigned: true },
  twilio: { settings: {}, isSigned: true },
  africastalking: { settings: {}, isSigned: false },
  generic: {
    settings: {
      signature: { mode: 'hmac', encoding: 'base64', payload: '{timestamp}.{body}' },
      mapping: genericDayMapping,
      countries: ['NG'],
    },
    isSigned: true,
  },
}
