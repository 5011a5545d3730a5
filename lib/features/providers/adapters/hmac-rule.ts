import { createHmac, timingSafeEqual } from 'node:crypto'

import { z } from 'zod'

import { digestFrom } from './matching.ts'
import { REPLAY_WINDOW_MS, type SignedRequest, type Verdict } from './port.ts'

export const headerName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be the name of a header')

const sizes = { sha256: 32, sha512: 64, sha1: 20 } as const
const part = /\{(body|timestamp|method|url|svix-id)\}/

/** How a sender signs, where it lets its user choose. `payload` says what is signed: other text in it stands for itself. */
export const hmacRule = z.strictObject({
  mode: z.literal('hmac'),
  header: headerName.default('x-signature'),
  algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** As in `sha256=`. */
  prefix: z.string().max(40).default(''),
  payload: z
    .string()
    .max(200)
    .refine((text) => text.includes('{body}'), 'must hold {body}: what is not signed can be changed')
    .default('{timestamp}.{body}'),
  timestamp_header: headerName.default('x-timestamp'),
  id_header: headerName.default('svix-id'),
  secret_is_base64: z.boolean().default(false),
})
export type HmacRule = z.output<typeof hmacRule>

/** Seconds or milliseconds: nothing in between is a time of this century. */
const FEWEST_MS = 100_000_000_000

/** Judges the raw bytes in constant time. What a rule signs beside them must be there, and a time it signs must be of now. */
export function verifyHmac(request: SignedRequest, rule: HmacRule): Verdict {
  const { headers, secret, now } = request
  const header = headers.get(rule.header)
  if (header === null || header === '') return { ok: false, reason: 'missing' }
  if (!header.startsWith(rule.prefix)) return { ok: false, reason: 'malformed' }
  const digest = digestFrom(header.slice(rule.prefix.length), rule.encoding, sizes[rule.algorithm])
  if (!digest) return { ok: false, reason: 'malformed' }
  const timestamp = headers.get(rule.timestamp_header) ?? ''
  const id = headers.get(rule.id_header) ?? ''
  if (rule.payload.includes('{timestamp}')) {
    if (timestamp === '') return { ok: false, reason: 'missing' }
    if (!/^\d{1,15}$/.test(timestamp)) return { ok: false, reason: 'malformed' }
    const told = Number(timestamp)
    const sentAt = told < FEWEST_MS ? told * 1000 : told
    if (Math.abs(now.getTime() - sentAt) > REPLAY_WINDOW_MS) return { ok: false, reason: 'stale' }
  }
  if (rule.payload.includes('{svix-id}') && !/^[\x21-\x7e]{1,200}$/.test(id))
    return { ok: false, reason: id === '' ? 'missing' : 'malformed' }
  const key = rule.secret_is_base64 ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : Buffer.from(secret, 'utf8')
  // An empty key would let anybody sign.
  if (key.length === 0) return { ok: false, reason: 'mismatch' }
  const expected = createHmac(rule.algorithm, key)
    .update(signedBytes(rule.payload, { ...request, timestamp, id }))
    .digest()
  return timingSafeEqual(expected, digest) ? { ok: true } : { ok: false, reason: 'mismatch' }
}

function signedBytes(payload: string, given: SignedRequest & { timestamp: string; id: string }): Buffer {
  const parts: Record<string, string | Buffer> = {
    body: given.rawBody,
    timestamp: given.timestamp,
    method: 'POST',
    url: given.url,
    'svix-id': given.id,
  }
  // Split by a pattern with one group, every second piece is the name of a part.
  const pieces = payload.split(part).map((piece, at) => (at % 2 === 1 ? (parts[piece] ?? '') : piece))
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece)))
}
