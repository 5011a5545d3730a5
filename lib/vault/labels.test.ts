import { expect, test } from 'vitest'

import { sealed, type SealedColumn } from './columns.ts'
import { TenantKey } from './tenant-key.ts'
import { blindHash, blindLabels, callerToken } from './tokens.ts'
import { pad, unpad } from './padding.ts'
import { VaultError } from './vault-error.ts'

const columns = Object.values(sealed).flatMap((table) => Object.values<SealedColumn>(table))
const indexKey = new TenantKey(
  Uint8Array.from({ length: 32 }, (_, i) => i),
  1,
)

test('the labels of sealed columns are the ones already stored in databases', () => {
  expect(columns.map(({ table, column, padded }) => `${table}/${column}${padded ? ' padded' : ''}`)).toEqual([
    'call/caller padded',
    'call/external-id',
    'call/carrier-call-id',
    'call/summary',
    'call/outcome padded',
    'call/recording-url',
    'call/metadata',
    'call-turn/text',
    'call-event/body',
    'recording/key',
    'call-note/text',
    'tag/name padded',
    'call-follow-up/why',
    'saved-view/name padded',
    'audit-detail/value',
    'provider/secret',
    'provider/previous-secret',
    'provider/path',
    'invitation/email padded',
    'voice-agent-version/config',
    'voice-agent-version/note',
    'voice-agent-draft/config',
    'phone-number/fallback padded',
    'knowledge-document/title padded',
    'knowledge-chunk/text',
    'idempotency-answer/body',
  ])
})

test('no two columns and no two blind labels are the same', () => {
  expect(new Set(columns.map(({ table, column }) => `${table}/${column}`)).size).toBe(columns.length)
  expect(new Set(Object.values(blindLabels)).size).toBe(Object.values(blindLabels).length)
})

test('a caller token is 43 characters and the one a second implementation makes', () => {
  expect(callerToken(indexKey, '+27821234567')).toBe('A-J2kbN31X9PQ0r49LZybct2mQgpsrLWZD4fgW5jrY0')
  expect(callerToken(indexKey, '+27821234567')).toHaveLength(43)
})

test('the same value under another label or another key hashes to something else', () => {
  const other = new TenantKey(Buffer.alloc(32, 1), 1)
  const hashes = [
    blindHash(indexKey, 'externalId', '+27821234567'),
    blindHash(indexKey, 'carrierCallId', '+27821234567'),
    blindHash(indexKey, 'fingerprint', '+27821234567'),
    blindHash(indexKey, 'caller', '+27821234567'),
    blindHash(other, 'caller', '+27821234567'),
  ].map((hash) => hash.toString('hex'))
  expect(new Set(hashes).size).toBe(hashes.length)
})

test.each([
  '0821234567',
  '27821234567',
  '+27 82 123 4567',
  '+0821234567',
  'anonymous',
  '',
  '+1234567890123456',
  '+27821234567\n',
])('%j gets no caller token', (number) => {
  expect(() => callerToken(indexKey, number)).toThrow(VaultError)
})

test('padding hides the length within a bucket and gives the value back', () => {
  for (const [length, padded] of [
    [0, 32],
    [30, 32],
    [31, 64],
    [62, 64],
    [63, 128],
    [126, 128],
    [127, 256],
    [300, 384],
  ] as const) {
    const value = Buffer.alloc(length, 0)
    expect(pad(value)).toHaveLength(padded)
    expect(unpad(pad(value))).toEqual(value)
  }
})

test('only padding as we make it is taken off', () => {
  const good = pad(Buffer.from('yes'))
  const hidden = Buffer.from(good)
  hidden[31] = 1
  const wrong = [
    Buffer.alloc(0),
    Buffer.from([0]),
    good.subarray(0, 31),
    Buffer.concat([good, Buffer.alloc(32)]),
    hidden,
    Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.alloc(30)]),
  ]
  for (const bytes of wrong) expect(() => unpad(bytes)).toThrow(VaultError)
})
