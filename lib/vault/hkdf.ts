import { createHmac } from 'node:crypto'

const HASH_LENGTH = 64

/**
 * HKDF-Expand with SHA-512 (RFC 5869 §2.3), without Extract: our keys are already uniformly random.
 * node:crypto's own hkdf() always extracts first.
 */
export function hkdfExpandSha512(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  if (length > 255 * HASH_LENGTH) throw new RangeError('HKDF-Expand cannot yield that many bytes')
  const output = Buffer.alloc(length)
  let block: Buffer = Buffer.alloc(0)
  for (let counter = 1, filled = 0; filled < length; counter += 1, filled += HASH_LENGTH) {
    const next = createHmac('sha512', key).update(block).update(info).update(Buffer.of(counter)).digest()
    block.fill(0)
    block = next
    output.set(block.subarray(0, Math.min(HASH_LENGTH, length - filled)), filled)
  }
  block.fill(0)
  return output
}
