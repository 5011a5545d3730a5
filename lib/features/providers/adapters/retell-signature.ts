import { createHmac, timingSafeEqual } from 'node:crypto'

import { REPLAY_WINDOW_MS, type SignedRequest, type Verdict } from './port.ts'

const HEADER = 'x-retell-signature'
const SIGNATURE = /^v=(\d{1,15}),d=([0-9a-f]{64})$/i

/**
 * `x-retell-signature: v=<ms>,d=<hex>`: HMAC-SHA256 under the API key over the raw bytes followed by the milliseconds.
 * The bytes are never parsed and written again before this: another spelling of the same JSON is another message.
 */
export function verifyRetell({ rawBody, headers, secret, now }: SignedRequest): Verdict {
  const header = headers.get(HEADER)
  if (header === null || header === '') return { ok: false, reason: 'missing' }
  const [, sentAt = '', digest = ''] = SIGNATURE.exec(header) ?? []
  if (digest === '') return { ok: false, reason: 'malformed' }
  const milliseconds = Number(sentAt)
  if (Math.abs(now.getTime() - milliseconds) > REPLAY_WINDOW_MS) return { ok: false, reason: 'stale' }
  // An empty key would let anybody sign.
  if (secret === '') return { ok: false, reason: 'mismatch' }
  const expected = createHmac('sha256', secret).update(rawBody).update(String(milliseconds)).digest()
  return timingSafeEqual(expected, Buffer.from(digest, 'hex')) ? { ok: true } : { ok: false, reason: 'mismatch' }
}
