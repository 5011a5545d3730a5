import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { vectors } from '../testing/vectors.ts'
import { hkdfExpandSha512 } from './hkdf.ts'

/* Project Wycheproof's cases (C2SP/wycheproof, Apache-2.0) for the three primitives the vault is made of. */
const folder = vectors('crypto/wycheproof')

const verdict = z.enum(['valid', 'invalid', 'acceptable'])
const bytes = z.string().transform((hex) => Buffer.from(hex, 'hex'))
const group = <Case extends z.ZodType>(of: Case) =>
  z.object({ keySize: z.number(), ivSize: z.number().optional(), tagSize: z.number().optional(), tests: z.array(of) })

function cases<Case extends z.ZodType>(name: string, of: Case) {
  return z.object({ testGroups: z.array(group(of)) }).parse(JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')))
    .testGroups
}

describe.skipIf(folder === null)('Wycheproof', () => {
  test('AES-256-GCM with a 16-byte tag seals and refuses as judged', () => {
    const Case = z.object({ key: bytes, iv: bytes, aad: bytes, msg: bytes, ct: bytes, tag: bytes, result: verdict })
    const groups = cases('aes_gcm_test.json', Case).filter(
      (one) => one.keySize === 256 && one.ivSize === 96 && one.tagSize === 128,
    )
    const all = groups.flatMap((one) => one.tests)
    expect(all).toHaveLength(66)
    for (const { key, iv, aad, msg, ct, tag, result } of all) {
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad).setAuthTag(tag)
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad)
      const resealed = [Buffer.concat([cipher.update(msg), cipher.final()]), cipher.getAuthTag()]
      const opened = outcomeOf(() => Buffer.concat([decipher.update(ct), decipher.final()]))
      expect(opened).toEqual(result === 'valid' ? msg : 'refused')
      expect(resealed[0]?.equals(ct) && resealed[1]?.equals(tag)).toBe(result === 'valid')
    }
  })

  test('our HKDF-Expand-SHA512, given the extracted key, yields every judged output', () => {
    const Case = z.object({ ikm: bytes, salt: bytes, info: bytes, size: z.number(), okm: bytes, result: verdict })
    const all = cases('hkdf_sha512_test.json', Case).flatMap((one) => one.tests)
    expect(all).toHaveLength(83)
    for (const { ikm, salt, info, size, okm, result } of all) {
      const extracted = createHmac('sha512', salt).update(ikm).digest()
      expect(outcomeOf(() => hkdfExpandSha512(extracted, info, size))).toEqual(result === 'valid' ? okm : 'refused')
    }
  })

  test('HMAC-SHA256 gives every judged tag', () => {
    const Case = z.object({ key: bytes, msg: bytes, tag: bytes, result: verdict })
    const groups = cases('hmac_sha256_test.json', Case)
    let count = 0
    for (const { tagSize, tests } of groups) {
      for (const { key, msg, tag, result } of tests) {
        const mine = createHmac('sha256', key)
          .update(msg)
          .digest()
          .subarray(0, (tagSize ?? 256) / 8)
        expect(mine.equals(tag)).toBe(result === 'valid')
        count += 1
      }
    }
    expect(count).toBe(174)
  })
})

test('HKDF-Expand gives what node’s whole HKDF gives after extracting, at every block border', () => {
  const [secret, salt, info] = [Buffer.alloc(32, 1), Buffer.alloc(16, 2), Buffer.from('orinode')]
  const extracted = createHmac('sha512', salt).update(secret).digest()
  for (const length of [1, 63, 64, 65, 128, 129, 255 * 64]) {
    const whole = Buffer.from(hkdfSync('sha512', secret, salt, info, length))
    expect(hkdfExpandSha512(extracted, info, length)).toEqual(whole)
  }
  expect(() => hkdfExpandSha512(extracted, info, 255 * 64 + 1)).toThrow(RangeError)
})

function outcomeOf(act: () => Buffer): Buffer | 'refused' {
  try {
    return act()
  } catch {
    return 'refused'
  }
}
