import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import { formFields } from '../../../kernel/form-fields.ts'
import type { SignedRequest, Verdict } from './port.ts'

const HEADER = 'x-twilio-signature'
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/
/**
 * Twilio signs no time of sending. A received event is remembered for seven days, so the same one cannot come in twice within
 * them; one whose own time is further back is refused, so it cannot come in twice after them either.
 */
const OLDEST_EVENT_MS = 7 * 24 * 3_600_000
const TIMES = ['Timestamp', 'RecordingStartTime']

type Fields = Iterable<readonly [name: string, values: readonly string[]]>

/** What Twilio signs of a form after the address: names in order, each before its values, which are told once and in order. */
export function signedText(fields: Fields): string {
  return [...fields]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, values]) => [...new Set(values)].toSorted().map((value) => name + value))
    .join('')
}

/**
 * `X-Twilio-Signature`: base64 of HMAC-SHA1 under the auth token over the public address and the form's fields. A JSON body is
 * covered by its SHA-256, which stands in the query and is signed with the address.
 */
export function verifyTwilio({ rawBody, headers, url, secret, now }: SignedRequest): Verdict {
  const signature = headers.get(HEADER)
  if (signature === null || signature === '') return { ok: false, reason: 'missing' }
  if (!SIGNATURE.test(signature)) return { ok: false, reason: 'malformed' }
  const bodyHash = new URL(url).searchParams.get('bodySHA256')
  const fields = bodyHash === null ? formFields(rawBody) : []
  if (!fields) return { ok: false, reason: 'malformed' }
  const text = signedText(fields)
  const isSigned = withAndWithoutPort(url).some((address) => isEqual(signature, hmac(secret, address + text)))
  // An empty key would let anybody sign.
  if (!isSigned || secret === '') return { ok: false, reason: 'mismatch' }
  if (bodyHash !== null && !isEqual(bodyHash, createHash('sha256').update(rawBody).digest('hex')))
    return { ok: false, reason: 'mismatch' }
  return isStale(fields, now) ? { ok: false, reason: 'stale' } : { ok: true }
}

/** Some of Twilio's servers sign the address with its port, some without: its own libraries accept both. */
function withAndWithoutPort(url: string): [string, string] {
  const [, scheme = '', host = '', port, rest = ''] = /^(https?:\/\/)(\[[^\]]*\]|[^/?#:]*)(:\d+)?(.*)$/.exec(url) ?? []
  const standard = scheme === 'https://' ? ':443' : ':80'
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? standard}${rest}`]
}

function hmac(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text, 'utf8').digest('base64')
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function isStale(fields: Fields, now: Date): boolean {
  return [...fields].some(
    ([name, [value = '']]) => TIMES.includes(name) && now.getTime() - Date.parse(value) > OLDEST_EVENT_MS,
  )
}
