import 'server-only'

import { decode } from 'next-auth/jwt'

import { secretFrom, settingFile } from '../platform/env.ts'

export const sessionCookie = '__Host-orinode.session'

let secret: string | undefined

/** What next-auth encrypts its cookie with. */
export function sessionSecret(): string {
  secret ??= secretFrom(settingFile('NEXTAUTH_SECRET_FILE', 'nextauth-secret'), 'NEXTAUTH_SECRET_FILE')
  return secret
}

/** The random session id inside the cookie, or null. It proves nothing until the sessions table says it lives. */
export async function sessionIdFrom(cookie: string | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 4_096) return null
  try {
    const token = await decode({ token: cookie, secret: sessionSecret() })
    const id = token?.['sid']
    return typeof id === 'string' ? id : null
  } catch {
    return null
  }
}

/** One cookie's value out of a Cookie header; a name sent twice is nobody's, since readers would differ on which counts. */
export function cookieNamed(header: string | null, name: string): string | undefined {
  const values = (header?.split(';') ?? []).flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  return values.length === 1 ? values[0] : undefined
}
