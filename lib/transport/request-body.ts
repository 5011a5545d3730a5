import 'server-only'

import { AppError } from '../kernel/app-error.ts'
import { formFields } from '../kernel/form-fields.ts'
import { places } from './places.ts'

const ordinary = 1024 * 1024
/** Of an event whose sender can prove itself: two hours of talk, told three times over with a time for every word, are 3.7 MiB. */
export const mostEventBytes = 4 * ordinary
/** What nobody has proven yet: two of one owner keep no other's out, and none stays for long. */
const arriving = places({ inAll: 32, ofOne: 2, patienceMs: 5_000 })
const wholeWithinMs = 10_000
/** What one takes in memory from its parsing until it is stored is some ten times its length. */
const inHand = places({ inAll: 4, ofOne: 2, patienceMs: 5_000 })

interface Room {
  most: number
  /** Among whose a large one counts. */
  whose: string
}

interface Held {
  whose: string
  leave: (() => void)[]
}
const holders = new WeakMap<Request, Held>()

/**
 * @throws AppError too_large past the most this door takes, however the length was declared; invalid_input when it breaks off;
 * unavailable when too many are large or this one comes too slowly
 */
export async function rawBody(
  request: Request,
  { most, whose }: Room = { most: ordinary, whose: '' },
): Promise<Buffer> {
  const tooLarge = new AppError('too_large', `The body may be at most ${most / ordinary} MiB.`)
  if (Number(request.headers.get('content-length')) > most) throw tooLarge
  const reader = request.body?.getReader()
  if (!reader) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let length = 0
  let isLate = false
  let timer: NodeJS.Timeout | undefined
  const stop = (): void => {
    // A body that is over already has nothing to stop.
    reader.cancel().catch(() => {})
  }
  const giveUp = (): void => {
    isLate = true
    stop()
  }
  try {
    for (;;) {
      const step = await reader.read().catch(() => {
        throw new AppError('invalid_input', 'The body was cut off before its end.', {
          fields: { body: 'must arrive whole' },
        })
      })
      if (isLate) throw comeAgain('The body came too slowly. Send it again.')
      if (step.done) return Buffer.concat(chunks)
      length += step.value.length
      if (length > most) throw tooLarge
      if (length > ordinary && !timer) {
        // While it waits nothing more is taken off the wire.
        holders.set(request, { whose, leave: [await placeIn(arriving, whose)] })
        timer = setTimeout(giveUp, wholeWithinMs)
      }
      chunks.push(step.value)
    }
  } finally {
    clearTimeout(timer)
    stop()
  }
}

/**
 * For a body whose sender is proven, before anything is made of it: a large one waits until few others are in hand.
 * @throws AppError unavailable
 */
export async function takeInHand(request: Request): Promise<void> {
  const held = holders.get(request)
  if (held) held.leave.push(await placeIn(inHand, held.whose))
}

async function placeIn(room: ReturnType<typeof places>, whose: string): Promise<() => void> {
  const leave = await room(whose)
  if (!leave) throw comeAgain('Too many large bodies at once. Send it again in a moment.')
  return leave
}

const comeAgain = (message: string): AppError => new AppError('unavailable', message, { retryAfterSeconds: 5 })

/** Said once a request is answered: its body is no longer held. */
export function letGo(request: Request): void {
  for (const leave of holders.get(request)?.leave ?? []) leave()
  holders.delete(request)
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
