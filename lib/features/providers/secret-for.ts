import { randomBytes } from 'node:crypto'

import { AppError } from '../../kernel/app-error.ts'
import type { ProviderKind } from '../../kernel/provider-kind.ts'
import type { Authenticity, ProviderSettings } from './adapters/port.ts'

interface Wanted {
  kind: ProviderKind
  settings: ProviderSettings
  authenticity: Authenticity
  given: string | undefined
}

/** These let their user choose what they sign with; the others' is a key or token of the account. */
const choosable: readonly ProviderKind[] = ['vapi', 'generic']

const wrongSecret = (why: string): AppError =>
  new AppError('invalid_input', 'Some fields need another look.', { fields: { secret: why } })

/**
 * The secret a hook goes by, and whether it was made here; null where nothing is signed.
 * @throws AppError invalid_input for one that is missing, or that nothing would use
 */
export function secretFor({ kind, settings, authenticity, given }: Wanted): { text: string; isMade: boolean } | null {
  if (authenticity === 'unsigned') {
    if (given !== undefined) throw wrongSecret('is not used: nothing signs these events')
    return null
  }
  if (given !== undefined) return { text: given.normalize('NFC'), isMade: false }
  if (!choosable.includes(kind)) throw wrongSecret('is needed')
  return {
    text: randomBytes(32).toString(settings['secret_is_base64'] === true ? 'base64' : 'base64url'),
    isMade: true,
  }
}
