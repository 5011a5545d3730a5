import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a secret that came along is ours, in a time that tells neither where they differ nor how long ours is. */
export function isSameSecret(given: string, ours: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()
  // An empty secret would let anybody in.
  return timingSafeEqual(digest(given), digest(ours)) && ours !== ''
}

/** A digest as it was written in a header; null when it is not of this length in this spelling. */
export function digestFrom(text: string, encoding: 'hex' | 'base64', bytes: number): Buffer | null {
  const spelling = encoding === 'hex' ? /^[0-9a-f]+$/i : /^[A-Za-z0-9+/]+={0,2}$/
  if (text.length > 200 || !spelling.test(text)) return null
  const digest = Buffer.from(text, encoding)
  return digest.length === bytes ? digest : null
}
