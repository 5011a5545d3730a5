import type { IncomingMessage } from 'node:http'

import { type Door, isMachineDoor } from './path-shape.ts'

/** What the front says when it turns a request away. `message` is for the stranger and repeats nothing of theirs. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

const EVERYWHERE = ['GET', 'HEAD', 'POST']
const API_ONLY = ['PUT', 'PATCH', 'DELETE']

const malformed = (message: string): Refusal => ({ status: 400, code: 'malformed_request', message })

/** Shape: one Host, a path as its target, no upgrade, nothing expected but a go-ahead. */
export function checkShape(request: IncomingMessage): Refusal | undefined {
  const { headers } = request
  const hosts = request.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts !== 1) return malformed('A request names one host.')
  const target = request.url ?? ''
  if (!target.startsWith('/') && target !== '*') return malformed('The request target must be a path.')
  if (headers.upgrade !== undefined)
    return { status: 400, code: 'upgrade_refused', message: 'This server does not change protocols.' }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return { status: 417, code: 'expectation_failed', message: 'This server meets no such expectation.' }
  }
  return undefined
}

/** Only names the operator listed: whatever is built from Host (links, action origins) is then ours. */
export function checkHost(host: string | undefined, hosts: ReadonlySet<string>): Refusal | undefined {
  if (host !== undefined && hosts.has(host.toLowerCase())) return undefined
  return { status: 421, code: 'misdirected', message: 'This server does not answer to that name.' }
}

export function checkMethod(method: string | undefined, isApi: boolean): Refusal | undefined {
  const allowed = isApi ? [...EVERYWHERE, ...API_ONLY] : EVERYWHERE
  if (method !== undefined && allowed.includes(method)) return undefined
  return methodRefusal(allowed)
}

export function methodRefusal(allowed: readonly string[]): Refusal {
  return {
    status: 405,
    code: 'method_not_allowed',
    message: 'That method is not allowed here.',
    headers: { Allow: allowed.join(', ') },
  }
}

/**
 * A browser door that changes state wants proof that one of our own pages asked. Next itself lets a request without
 * Origin through.
 */
export function checkOrigin(request: IncomingMessage, door: Door, origins: ReadonlySet<string>): Refusal | undefined {
  if (request.method === 'GET' || request.method === 'HEAD' || isMachineDoor(door)) return undefined
  const { origin } = request.headers
  const isOurs = origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origins.has(origin)
  return isOurs
    ? undefined
    : { status: 403, code: 'wrong_origin', message: 'This request did not come from one of our pages.' }
}

/** The framework passes an action on to another page's worker by calling itself; no page of ours needs it. */
export function checkForwarding(request: IncomingMessage): Refusal | undefined {
  if (request.headers['x-action-forwarded'] === undefined) return undefined
  return { status: 403, code: 'forbidden', message: 'This request cannot be passed on.' }
}

export const tooLarge: Refusal = { status: 413, code: 'too_large', message: 'The body is larger than this door takes.' }

export function checkDeclaredLength(declared: string | undefined, limitBytes: number): Refusal | undefined {
  return declared !== undefined && Number(declared) > limitBytes ? tooLarge : undefined
}
