import { z } from 'zod'

import { parseInput } from '../../../guard/input.ts'
import type { ProviderKind } from '../../../kernel/provider-kind.ts'
import { AfricasTalkingSettings } from './africastalking-facts.ts'
import { GenericSettings } from './generic-settings.ts'
import type { ProviderSettings } from './port.ts'
import { TwilioSettings } from './twilio-facts.ts'
import { VapiSettings } from './vapi-settings.ts'

const shapes: Record<ProviderKind, z.ZodType<ProviderSettings>> = {
  retell: z.strictObject({}),
  vapi: VapiSettings,
  twilio: TwilioSettings,
  africastalking: AfricasTalkingSettings,
  generic: GenericSettings,
}

/**
 * A hook's settings in the shape its kind takes, with what was left out filled in.
 * @throws AppError invalid_input naming each wrong one as `settings.…`
 */
export function settingsFor(kind: ProviderKind, given: ProviderSettings): ProviderSettings {
  return parseInput(z.object({ settings: shapes[kind] }), { settings: given }).settings
}
