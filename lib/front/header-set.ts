import type { ServerResponse } from 'node:http'

/** The headers every response carries, whoever made it. Published by name and value on /security. */
export const promisedHeaders = {
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  Server: 'Orinode',
} as const

/** The policy of anything that is not a page: nothing may load, run, be framed or be submitted. */
export const strictPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const OF_THE_FRAMEWORK = /^(?:x-powered-by|x-nextjs-.*|x-middleware-.*|x-matched-path)$/
const OF_THE_FRONT = /^x-orinode-(?:error|front|address|console)$/
const FRAMEWORK_VARY = /^(?:rsc|next-.*)$/i

/** May this header name leave the house? `x-action-*` must: without it redirect() in an action breaks. */
export function mayLeave(headerName: string): boolean {
  const name = headerName.toLowerCase()
  return !OF_THE_FRAMEWORK.test(name) && !OF_THE_FRONT.test(name)
}

/** What is left of a Vary value on a response no cache may keep, or undefined when nothing is. */
export function plainVary(vary: string): string | undefined {
  const kept = vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !FRAMEWORK_VARY.test(name))
  return kept.length > 0 ? kept.join(', ') : undefined
}

const text = (value: number | string | readonly string[] | undefined): string =>
  value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value)

function settleCaching(response: ServerResponse): void {
  const type = text(response.getHeader('content-type'))
  const isPage = type.startsWith('text/html') || type.startsWith('text/x-component')
  if (isPage || !response.hasHeader('cache-control')) response.setHeader('Cache-Control', 'no-store')
  if (isPage) for (const name of ['etag', 'last-modified', 'link']) response.removeHeader(name)
  if (!text(response.getHeader('cache-control')).includes('no-store')) return
  const vary = plainVary(text(response.getHeader('vary')))
  if (vary === undefined) response.removeHeader('vary')
  else response.setHeader('Vary', vary)
}

/** Put the promised set on a response whose head has not been sent, and take off what names the stack. */
export function dress(response: ServerResponse, requestId: string): void {
  for (const name of response.getHeaderNames()) if (!mayLeave(name)) response.removeHeader(name)
  settleCaching(response)
  for (const [name, value] of Object.entries(promisedHeaders)) response.setHeader(name, value)
  if (!response.hasHeader('content-security-policy')) response.setHeader('Content-Security-Policy', strictPolicy)
  response.setHeader('X-Request-Id', requestId)
}

/** The promised set as lines, for answers written straight to a socket. */
export function headerLines(requestId: string, more: Readonly<Record<string, string>>): string {
  const all = {
    ...promisedHeaders,
    'Content-Security-Policy': strictPolicy,
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    Date: new Date().toUTCString(),
    ...more,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
}
