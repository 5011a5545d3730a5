import 'server-only'

import { settings } from './env.ts'

/** The origins we are reached at from outside; the first is the one we hand out. */
export function ourOrigins(): readonly string[] {
  const { ORIGINS, PORT } = settings()
  const given =
    ORIGINS.length > 0 ? ORIGINS : ['localhost', '127.0.0.1', '[::1]'].map((host) => `https://${host}:${PORT}`)
  return given.map((origin) => new URL(origin).origin)
}
