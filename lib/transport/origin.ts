import 'server-only'

import { ourOrigins } from '../platform/origins.ts'

interface HeaderReader {
  get(name: string): string | null
}

/** Whether a browser says this came from our own pages: our Origin, or none and Sec-Fetch-Site same-origin. */
export function ourOrigin(headers: HeaderReader): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return ourOrigins().includes(origin)
  return headers.get('sec-fetch-site') === 'same-origin'
}

/** The address a request was sent to, as whoever sent it was given it: a sender may have signed that. */
export function publicUrl(request: Request): string {
  const { host, pathname, search } = new URL(request.url)
  const origin = ourOrigins().find((one) => new URL(one).host === host) ?? ourOrigins()[0] ?? ''
  return `${origin}${pathname}${search}`
}
