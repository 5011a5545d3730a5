import { Retell } from 'retell-sdk'

import type { ProviderKind } from '../../kernel/provider-kind.ts'
import { africasTalkingDay } from './africastalking-day.ts'
import type { DayOptions, ProviderDelivery } from './delivery.ts'
import { genericDay } from './generic-day.ts'
import { retellDay } from './retell-day.ts'
import { signByRule } from './sign-by-rule.ts'
import { signTwilio } from './sign-twilio.ts'
import { twilioDay } from './twilio-day.ts'
import { vapiDay } from './vapi-day.ts'

type Headers = Record<string, string>

interface ReplayKind {
  day: (options: DayOptions) => ProviderDelivery[]
  /** The headers its provider would send with this body now: by its own library, where it has one. */
  headers: (body: string, hook: { url: string; secret: string }) => Headers | Promise<Headers>
}

const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Every provider whose calls can be made up; its hook is set up as `hook-settings.ts` says. */
export const replayKinds: Record<ProviderKind, ReplayKind> = {
  retell: {
    day: retellDay,
    headers: async (body, { secret }) => ({ ...json, 'x-retell-signature': await Retell.sign(body, secret) }),
  },
  vapi: {
    day: vapiDay,
    headers: (body, { secret }) => ({
      ...json,
      ...signByRule(body, secret, new Date(), { header: 'x-signature', algorithm: 'sha256', encoding: 'hex' }),
    }),
  },
  twilio: {
    day: twilioDay,
    headers: (body, { url, secret }) => signTwilio(Object.fromEntries(new URLSearchParams(body)), secret, url),
  },
  africastalking: { day: africasTalkingDay, headers: () => form },
  generic: {
    day: genericDay,
    headers: (body, { secret }) => ({
      ...json,
      ...signByRule(body, secret, new Date(), {
        header: 'x-webhook-signature',
        algorithm: 'sha256',
        encoding: 'base64',
      }),
    }),
  },
}
