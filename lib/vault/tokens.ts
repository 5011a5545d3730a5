import { createHmac, createSecretKey } from 'node:crypto'

import { lpText } from './length-prefix.ts'
import type { TenantKey } from './tenant-key.ts'
import { VaultError } from './vault-error.ts'

/** One index key, so labels keep its uses apart. Permanent: a stored hash cannot be recomputed under another label. */
export const blindLabels = {
  caller: 'orinode/index/v1/caller',
  externalId: 'orinode/index/v1/external-id',
  carrierCallId: 'orinode/index/v1/carrier-call-id',
  event: 'orinode/index/v1/event',
  fingerprint: 'orinode/index/v1/fingerprint',
  idempotencyKey: 'orinode/index/v1/idempotency-key',
  cursor: 'orinode/index/v1/cursor',
  recording: 'orinode/index/v1/recording',
  outcome: 'orinode/index/v1/outcome',
  tagName: 'orinode/index/v1/tag-name',
  invitedEmail: 'orinode/index/v1/invited-email',
  knowledgeTerm: 'orinode/index/v1/knowledge-term',
} as const

export type BlindLabel = keyof typeof blindLabels

/** E.164 as the ITU writes it; withheld, short and SIP callers are no numbers and get no token. */
const E164 = /^\+[1-9]\d{6,14}$/

/** HMAC-SHA256(index key, lp(label) ‖ lp(value)). */
export function blindHash(indexKey: TenantKey, label: BlindLabel, value: string): Buffer {
  return createHmac('sha256', createSecretKey(indexKey.bytes))
    .update(lpText(blindLabels[label]))
    .update(lpText(value))
    .digest()
}

/** 43 characters, the same for the same caller of one organisation and for nobody else. */
export function callerToken(indexKey: TenantKey, e164: string): string {
  if (!E164.test(e164)) throw new VaultError('unusable_input', 'A caller token is made from a full E.164 number only')
  return blindHash(indexKey, 'caller', e164).toString('base64url')
}
