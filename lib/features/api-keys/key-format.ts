import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

import type { Environment } from '../../kernel/actor.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const form = /^ori_(live|test)_[0-9A-Za-z]{49}$/
const keyLength = 58

/** `ori_live_` or `ori_test_`, 43 random base62 characters, 6 more of CRC-32 over everything before. */
export function newKey(environment: Environment): string {
  let random = ''
  // Rejection sampling: 248 is the largest multiple of 62 below 256.
  while (random.length < 43)
    for (const byte of randomBytes(64)) if (byte < 248 && random.length < 43) random += alphabet[byte % 62]
  const head = `ori_${environment}_${random}`
  return head + checksum(head)
}

/** Length, form, checksum: no look-up for what was never a key of ours. */
export function isWellFormed(key: string): boolean {
  return key.length === keyLength && form.test(key) && checksum(key.slice(0, -6)) === key.slice(-6)
}

export function environmentOf(key: string): Environment {
  return key.startsWith('ori_live_') ? 'live' : 'test'
}

/** What is stored. 256 random bits need no slow hash. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

function checksum(head: string): string {
  let rest = crc32(head)
  let text = ''
  for (let place = 0; place < 6; place++) {
    text = (alphabet[rest % 62] ?? '') + text
    rest = Math.floor(rest / 62)
  }
  return text
}
