import 'server-only'

import { settings } from '../platform/env.ts'

interface HeaderReader {
  get(name: string): string | null
}

/** The origins browsers reach us at. */
export function ourOrigins(): readonly string[] {
  const { ORIGINS, PORT } = settings()
  const given =
    ORIGINS.length > 0 ? ORIGINS : ['localhost', '127.0.0.1', '[::1]'].map((host) => `https://${host}:${PORT}`)
  return given.map((origin) => new URL(origin).origin)
}

/** Whether a browser says this came from our own pages: our Origin, or none and Sec-Fetch-Site same-origin. */
export function ourOrigin(headers: HeaderReader): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return ourOrigins().includes(origin)
  return headers.get('sec-fetch-site') === 'same-origin'
}
