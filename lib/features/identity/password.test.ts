import { argon2 } from 'node:crypto'
import type * as Crypto from 'node:crypto'

import { beforeEach, describe, expect, test, vi } from 'vitest'

import { hashPassword, verifyPassword } from './password.ts'

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>()
  return { ...crypto, argon2: vi.fn(crypto.argon2) }
})
const derivations = vi.mocked(argon2)
beforeEach(() => {
  derivations.mockClear()
})

describe('a stored password', () => {
  test('is argon2id in PHC form: 19 MiB, two passes, one lane, 16 bytes of salt and 32 of hash', async () => {
    expect(await hashPassword('correct horse')).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    )
    expect(derivations).toHaveBeenCalledOnce()
  })

  test('has a salt of its own each time', async () => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')])
    expect(one).not.toBe(two)
    for (const stored of [one, two]) expect(await verifyPassword('same', stored)).toBe(true)
  })

  test('made by the reference implementation is understood, parameters of its own included', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', reference)).toBe(true)
    expect(await verifyPassword('passwore', reference)).toBe(false)
  })
})

describe('a password', () => {
  test.each(['Correct horse', 'correct horse ', 'correct hors', '', 'correct horse\0'])(
    'that is not the stored one is refused: %j',
    async (other) => {
      expect(await verifyPassword(other, await hashPassword('correct horse'))).toBe(false)
    },
  )

  test('typed on another keyboard is the same: é as one character or as two', async () => {
    const stored = await hashPassword('caf\u00e9 \u1eb9\u0301')
    expect(await verifyPassword('cafe\u0301 e\u0323\u0301', stored)).toBe(true)
    expect(await verifyPassword('cafe \u1eb9\u0301', stored)).toBe(false)
  })

  test.each([128, 1_024])('of %i characters counts to its last one', async (length) => {
    const long = 'k'.repeat(length)
    const stored = await hashPassword(long)
    expect(await verifyPassword(long, stored)).toBe(true)
    expect(await verifyPassword(`${long.slice(0, -1)}l`, stored)).toBe(false)
    expect(await verifyPassword(long.slice(0, -1), stored)).toBe(false)
  })
})

describe('looking a password up', () => {
  const costOf = async (stored: string | null): Promise<unknown[]> => {
    derivations.mockClear()
    expect(await verifyPassword('some password', stored)).toBe(false)
    return derivations.mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength }]) => ({
      algorithm,
      memory,
      passes,
      parallelism,
      tagLength,
    }))
  }

  test('costs one derivation of the same weight whether or not there is such an account', async () => {
    const known = await costOf(await hashPassword('another password'))
    expect(known).toEqual([{ algorithm: 'argon2id', memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }])
    expect(await costOf(null)).toEqual(known)
  })

  test.each([
    '',
    'plain text',
    '$argon2i$v=19$m=19456,t=2,p=1$c29tc2FsdA$CTFhFdXP',
    '$argon2id$v=19$m=19456,t=2,p=1$$',
  ])('against what is no hash of ours is refused, at the same cost: %j', async (stored) => {
    expect(await costOf(stored)).toEqual(await costOf(null))
  })
})
