import { createCipheriv, createHmac } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { asId, newId, type OrganisationId } from '../kernel/ids.ts'
import { sealed, type SealedColumn } from './columns.ts'
import { openField, type Place, sealedVersion, sealField } from './field-format.ts'
import { TenantKey } from './tenant-key.ts'
import { VaultError } from './vault-error.ts'

const organisation: OrganisationId = asId('018f5e2a-7b1c-7d3e-8f4a-5b6c7d8e9f01')
const rowId = '018f5e2b-0000-7000-8000-00000000002a'
const key = new TenantKey(
  Uint8Array.from({ length: 32 }, (_, i) => i),
  7,
)
const place: Place = { organisation, column: sealed.callTurn.text, rowId }
const words = 'Sawubona, ngingakusiza ngani?'

/** Made once by a second implementation of DF1, in another language, from the same words; salt 40…57. */
const golden = Buffer.from(
  'df0100000007404142434445464748494a4b4c4d4e4f50515253545556575a8896cb1ede86c5a31e2a5ae6a699dbd5578207d98c30c90e0ae51dc6205eb1' +
    'daee88fde0fafc7012abec84f9eccbb4f63edc46c389cc73e0e056f355cb3117661eac4f0708fe30175d3a76db',
  'hex',
)

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof VaultError) return error.kind
    throw error
  }
  return 'accepted'
}

const openText = (at: Place, bytes: Uint8Array): string => openField(key, at, bytes).toString('utf8')

describe('the format DF1', () => {
  test('the golden value opens, today and for as long as we keep data', () => {
    expect(openText(place, golden)).toBe(words)
    expect(sealedVersion(golden)).toBe(7)
  })

  test('what we seal is laid out as the format says, 78 bytes longer than the words', () => {
    const bytes = sealField(key, place, Buffer.from(words))
    expect(bytes.length).toBe(Buffer.byteLength(words) + 78)
    expect(bytes.subarray(0, 6)).toEqual(golden.subarray(0, 6))
    expect(bytes).toEqual(referenceSeal(bytes.subarray(6, 30), sealed.callTurn.text, ''))
  })

  test('the reference in this file makes the golden value too', () => {
    expect(referenceSeal(golden.subarray(6, 30), sealed.callTurn.text, '')).toEqual(golden)
  })

  test('sealing the same words twice gives nothing in common but the header', () => {
    const one = sealField(key, place, Buffer.from(words))
    const two = sealField(key, place, Buffer.from(words))
    expect(one.subarray(6, 30)).not.toEqual(two.subarray(6, 30))
    expect(one.subarray(30, 62)).not.toEqual(two.subarray(30, 62))
    expect(one.subarray(62)).not.toEqual(two.subarray(62))
  })

  test('an empty value round-trips', () => {
    expect(openText(place, sealField(key, place, Buffer.alloc(0)))).toBe('')
  })

  test('a view into a larger buffer opens like the bytes themselves', () => {
    const larger = Buffer.concat([Buffer.alloc(5, 0xaa), golden, Buffer.alloc(9, 0xbb)])
    expect(openText(place, larger.subarray(5, 5 + golden.length))).toBe(words)
  })
})

describe('a changed value', () => {
  test('is refused whichever single byte was changed', () => {
    for (let at = 0; at < golden.length; at += 1) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(golden)
        changed[at] = (changed[at] ?? 0) ^ mask
        const expected = at < 2 ? 'not_sealed' : at < 6 ? 'no_such_key' : 'tampered'
        expect(
          refusal(() => openField(key, place, changed)),
          `byte ${at}`,
        ).toBe(expected)
      }
    }
  })

  test('is refused when cut short anywhere or made longer', () => {
    for (let length = 0; length < golden.length; length += 1) {
      expect(refusal(() => openField(key, place, golden.subarray(0, length)))).toBe(
        length < 2 ? 'not_sealed' : 'tampered',
      )
    }
    expect(refusal(() => openField(key, place, Buffer.concat([golden, Buffer.alloc(1)])))).toBe('tampered')
  })

  test('is refused when its commitment is that of another key, before any decryption', () => {
    const otherKey = new TenantKey(Buffer.alloc(32, 9), 7)
    expect(refusal(() => openField(otherKey, place, golden))).toBe('tampered')
  })

  test('is refused when commitment and ciphertext come from two values of the same place', () => {
    const one = sealField(key, place, Buffer.from(words))
    const two = sealField(key, place, Buffer.from(words))
    const mixed = Buffer.concat([one.subarray(0, 62), two.subarray(62)])
    expect(refusal(() => openField(key, place, mixed))).toBe('tampered')
  })

  test('is refused when the version written on it is another that also has a key', () => {
    const relabelled = Buffer.from(golden)
    relabelled.writeUInt32BE(8, 2)
    const sameBytesOtherVersion = new TenantKey(
      Uint8Array.from({ length: 32 }, (_, i) => i),
      8,
    )
    expect(refusal(() => openField(sameBytesOtherVersion, place, relabelled))).toBe('tampered')
  })

  test.each(['', 'hello', '+27821234567', '{"transcript":[]}', 'x'.repeat(500)])(
    'plaintext is never passed through (%#)',
    (text) => {
      expect(refusal(() => openField(key, place, Buffer.from(text)))).toBe('not_sealed')
    },
  )
})

describe('a value moved elsewhere is refused', () => {
  const sealedHere = sealField(key, { ...place, index: Buffer.from('token') }, Buffer.from(words))
  const elsewhere: [string, Partial<Place>][] = [
    ['another organisation', { organisation: newId<'organisation'>() }],
    ['another table', { column: { ...sealed.callTurn.text, table: 'call' } }],
    ['another column', { column: { ...sealed.callTurn.text, column: 'summary' } }],
    ['another row', { rowId: newId() }],
    ['another index value', { index: Buffer.from('tokem') }],
    ['no index value', { index: undefined }],
  ]
  test.each(elsewhere)('%s', (_, change) => {
    expect(openText({ ...place, index: Buffer.from('token') }, sealedHere)).toBe(words)
    expect(refusal(() => openField(key, { ...place, index: Buffer.from('token'), ...change }, sealedHere))).toBe(
      'tampered',
    )
  })

  test('the same letters divided otherwise between table and column', () => {
    const one: SealedColumn = { table: 'a', column: 'bc', padded: false }
    const two: SealedColumn = { table: 'ab', column: 'c', padded: false }
    const bytes = sealField(key, { ...place, column: one }, Buffer.from(words))
    expect(refusal(() => openField(key, { ...place, column: two }, bytes))).toBe('tampered')
    expect(key.columnKey(one)).not.toEqual(key.columnKey(two))
  })
})

describe('what cannot be bound without doubt is refused', () => {
  test.each(['', 'row-1', rowId.toUpperCase().replace('A', 'B'), rowId.replaceAll('-', ''), `${rowId} `])(
    'the row id %j',
    (id) => {
      expect(refusal(() => sealField(key, { ...place, rowId: id }, Buffer.from(words)))).toBe('unusable_input')
    },
  )

  test('a label with two spellings', () => {
    const column = { table: 'cafe\u0301', column: 'text', padded: false }
    expect(refusal(() => sealField(key, { ...place, column }, Buffer.from(words)))).toBe('unusable_input')
  })

  test('an index value too long for its length prefix', () => {
    expect(refusal(() => sealField(key, { ...place, index: Buffer.alloc(0x1_0000) }, Buffer.from(words)))).toBe(
      'unusable_input',
    )
  })
})

describe('a key put away', () => {
  test('seals and opens nothing, and leaves zeros behind', () => {
    const short = new TenantKey(Buffer.alloc(32, 5), 7)
    const { bytes } = short
    const derived = short.columnKey(sealed.callTurn.text)
    expect(short.columnKey(sealed.callTurn.text)).toBe(derived)
    short.zeroise()
    expect([...bytes, ...derived].every((byte) => byte === 0)).toBe(true)
    expect(refusal(() => sealField(short, place, Buffer.from(words)))).toBe('expired')
    expect(refusal(() => openField(short, place, golden))).toBe('expired')
    expect(refusal(() => short.bytes)).toBe('expired')
  })
})

test('no refusal quotes what it refused', () => {
  const secret = 'cafe\u0301 +27821234567'
  for (const act of [
    () => openField(key, place, Buffer.from(secret)),
    () => sealField(key, { ...place, rowId: secret }, Buffer.from(secret)),
    () => sealField(key, { ...place, column: { table: secret, column: secret, padded: false } }, Buffer.from(secret)),
  ]) {
    expect(act).toThrow(VaultError)
    expect(act).not.toThrow(/2782|cafe/)
  }
})

/** DF1 written out once more, straight from its description, with the salt given. */
function referenceSeal(salt: Uint8Array, { table, column }: SealedColumn, index: string): Buffer {
  const prefixed = (bytes: Buffer): Buffer => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes])
  const [t, c] = [prefixed(Buffer.from(table)), prefixed(Buffer.from(column))]
  const version = Buffer.of(0, 0, 0, 7)
  const root = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
  const columnKey = createHmac('sha512', root)
    .update(Buffer.concat([Buffer.from('orinode/field/v1'), t, c, Buffer.of(1)]))
    .digest()
  const both = createHmac('sha512', columnKey)
    .update(Buffer.concat([Buffer.from('orinode/field/v1/msg'), salt, Buffer.of(1)]))
    .digest()
  const cipher = createCipheriv('aes-256-gcm', both.subarray(0, 32), Buffer.alloc(12), { authTagLength: 16 })
  const ids = [organisation, rowId].map((id) => prefixed(Buffer.from(id.replaceAll('-', ''), 'hex')))
  cipher.setAAD(
    Buffer.concat([
      prefixed(Buffer.from('orinode/field/v1')),
      ids[0] ?? t,
      t,
      c,
      ids[1] ?? t,
      version,
      prefixed(Buffer.from(index)),
    ]),
  )
  const body = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(0xdf, 1), version, salt, both.subarray(32), body, cipher.getAuthTag()])
}
