import { createHash, randomBytes } from 'node:crypto'

/** A session ends after this long without a request, or this long after it began. */
export const idleSeconds = 12 * 3_600
export const lifetimeSeconds = 7 * 24 * 3_600

export function newSessionId(): string {
  return randomBytes(32).toString('base64url')
}

export function sessionHash(sessionId: string): Buffer {
  return createHash('sha256').update(sessionId).digest()
}
