import { type ProviderKind, providerKinds } from '../../../kernel/provider-kind.ts'
import { africasTalking } from './africastalking.ts'
import { generic } from './generic.ts'
import type { Adapter } from './port.ts'
import { retell } from './retell.ts'
import { twilio } from './twilio.ts'
import { vapi } from './vapi.ts'

/** Every provider we can hear. */
export const adapters: Readonly<Record<ProviderKind, Adapter>> = {
  retell,
  vapi,
  twilio,
  africastalking: africasTalking,
  generic,
}

const isKind = (word: string): word is ProviderKind => providerKinds.some((kind) => kind === word)

/** By the word in a hook's address, which may be any. */
export function adapterOf(word: string): Adapter | null {
  return isKind(word) ? adapters[word] : null
}
