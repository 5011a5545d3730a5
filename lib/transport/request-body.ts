import 'server-only'

import { AppError } from '../kernel/app-error.ts'
import { formFields } from '../kernel/form-fields.ts'

const ordinary = 1024 * 1024
/**
 * Of an event whose sender can prove itself: two hours of talk, told three times over with a time for every word, are 3.7 MiB.
 * What one takes in memory until it is stored is some ten times that, so only a few are there at once.
 */
export const mostEventBytes = 4 * ordinary
const mostLarge = 4
const patienceMs = 5_000

const holders = new WeakSet<Request>()
const waiting = new Set<() => void>()
let large = 0

/** @throws AppError too_large past the most this door takes, however the length was declared; unavailable when too many are large */
export async function rawBody(request: Request, most = ordinary): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > most) throw new AppError('too_large', `The body may be at most ${most / ordinary} MiB.`)
    // While it waits nothing more is taken off the wire.
    if (length > ordinary && !holders.has(request)) await takeRoom(request)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Either there is room, or somebody hands over theirs, so that whoever comes in between takes nobody's. */
async function takeRoom(request: Request): Promise<void> {
  if (large < mostLarge) large += 1
  else if (!(await roomInTime()))
    throw new AppError('unavailable', 'Too many large bodies at once. Send it again in a moment.', {
      retryAfterSeconds: 5,
    })
  holders.add(request)
}

function roomInTime(): Promise<boolean> {
  return new Promise((done) => {
    const settle = (isThere: boolean): void => {
      clearTimeout(timer)
      waiting.delete(wake)
      done(isThere)
    }
    const wake = (): void => settle(true)
    const timer = setTimeout(() => settle(false), patienceMs)
    waiting.add(wake)
  })
}

/** Said once a request is answered: its body is no longer held. */
export function letGo(request: Request): void {
  if (!holders.delete(request)) return
  const [next] = waiting
  if (next) next()
  else large -= 1
}

/**
 * A body that says it is JSON, and is: UTF-8, and what half a surrogate pair its escapes hide becomes U+FFFD, because no text
 * that is sealed, hashed or sent on can hold it.
 * @throws AppError unsupported_type, invalid_input
 */
export function jsonFrom(raw: Buffer, contentType: string | null): unknown {
  if (!/^application\/json(\s*;\s*charset=utf-8)?$/i.test(contentType ?? '')) {
    throw new AppError('unsupported_type', 'Send JSON with Content-Type: application/json.')
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw)
    const value: unknown = JSON.parse(text)
    return surrogateEscape.test(text) ? wellFormed(value) : value
  } catch {
    throw new AppError('invalid_input', 'The body is not JSON in UTF-8.', { fields: { body: 'must be JSON in UTF-8' } })
  }
}

/**
 * A body that says it is a form, and is: each field as text, or as a list where it was given more than once.
 * @throws AppError unsupported_type, invalid_input
 */
export function formFrom(raw: Buffer, contentType: string | null): Record<string, string | readonly string[]> {
  if (!/^application\/x-www-form-urlencoded(\s*;\s*charset=utf-8)?$/i.test(contentType ?? '')) {
    throw new AppError('unsupported_type', 'Send a form with Content-Type: application/x-www-form-urlencoded.')
  }
  const fields = formFields(raw)
  if (!fields) {
    throw new AppError('invalid_input', 'The body is not a form in UTF-8.', {
      fields: { body: 'must be a form in UTF-8' },
    })
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}

const surrogateEscape = /\\u[dD][89a-fA-F]/

/** `JSON.stringify` writes as an escape only the surrogates that have lost their other half. */
function wellFormed(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value).replaceAll(/(\\\\)|\\ud[89a-f][0-9a-f]{2}/g, (found: string, backslash?: string) =>
      backslash ? found : '\ufffd',
    ),
  )
}
