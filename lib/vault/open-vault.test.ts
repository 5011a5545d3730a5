import { describe, expect, test, vi } from 'vitest'

import { newId, type OrganisationId } from '../kernel/ids.ts'
import { type Kms, KmsError } from '../platform/kms/port.ts'
import { sealed } from './columns.ts'
import { KeyCache } from './key-cache.ts'
import { TenantKey } from './tenant-key.ts'
import { openVault, type Vault } from './open-vault.ts'
import { provisionKeys, wrapNewKey } from './provision-keys.ts'
import { temporaryKms, refusalOf } from '../testing/vault-fixture.ts'
import type { TenantKeyRow } from './unwrapped-keys.ts'

async function organisationWithKeys(kms: Kms = temporaryKms()) {
  const organisation: OrganisationId = newId()
  const { kmsKey, rows } = await provisionKeys({ organisation, kms })
  const open = (more: readonly TenantKeyRow[] = rows): Promise<Vault> =>
    openVault({ organisation, kms, loadKeys: () => Promise.resolve(more), cache: new KeyCache() })
  return { organisation, kms, kmsKey, rows, open }
}

describe('a vault', () => {
  test('opens what it sealed, as text and as bytes, bound to its row and its index value', async () => {
    const vault = await (await organisationWithKeys()).open()
    const row = newId()
    const index = Buffer.from(vault.callerToken('+27821234567').token)
    const caller = vault.seal(sealed.call.caller, row, '+27821234567', index)
    expect(vault.open(sealed.call.caller, row, caller, index)).toBe('+27821234567')
    expect(refusalOf(() => vault.open(sealed.call.caller, newId(), caller, index))).toBe('tampered')
    expect(refusalOf(() => vault.open(sealed.call.caller, row, caller))).toBe('tampered')
    const body = Buffer.from([0, 255, 0xfe])
    expect(vault.openBytes(sealed.callEvent.body, row, vault.sealBytes(sealed.callEvent.body, row, body))).toEqual(body)
  })

  test('gives short values of one bucket the same length', async () => {
    const vault = await (await organisationWithKeys()).open()
    const lengths = ['', 'yes', 'no', 'voicemail-left-by-caller'].map(
      (text) => vault.seal(sealed.call.outcome, newId(), text).length,
    )
    expect(new Set(lengths)).toEqual(new Set([78 + 32]))
  })

  test('keeps every text exactly: a byte-order mark, an emoji, isiXhosa clicks, nothing', async () => {
    const vault = await (await organisationWithKeys()).open()
    for (const text of ['\uFEFFhello', '👩🏽‍🚀', 'ǃʼkǃ', '', '\0']) {
      const row = newId()
      expect(vault.open(sealed.callTurn.text, row, vault.seal(sealed.callTurn.text, row, text))).toBe(text)
    }
  })

  test('refuses text with two spellings or half a character', async () => {
    const vault = await (await organisationWithKeys()).open()
    for (const text of ['cafe\u0301', 'half \ud83d']) {
      expect(refusalOf(() => vault.seal(sealed.callTurn.text, newId(), text))).toBe('unusable_input')
      expect(refusalOf(() => vault.blindHash('externalId', text))).toBe('unusable_input')
    }
  })

  test('refuses plaintext that found its way into a sealed column', async () => {
    const vault = await (await organisationWithKeys()).open()
    expect(refusalOf(() => vault.open(sealed.callTurn.text, newId(), Buffer.from('hello')))).toBe('not_sealed')
  })

  test('does not open another organisation’s value, nor make its tokens', async () => {
    const kms = temporaryKms()
    const ours = await (await organisationWithKeys(kms)).open()
    const theirs = await (await organisationWithKeys(kms)).open()
    const row = newId()
    expect(refusalOf(() => theirs.open(sealed.callTurn.text, row, ours.seal(sealed.callTurn.text, row, 'hello')))).toBe(
      'tampered',
    )
    expect(theirs.callerToken('+27821234567')).not.toEqual(ours.callerToken('+27821234567'))
    expect(theirs.blindHash('externalId', 'a')).not.toEqual(ours.blindHash('externalId', 'a'))
  })
})

describe('versions', () => {
  test('the active key seals; pending and decrypt-only keys open; destroyed ones are never unwrapped', async () => {
    const { organisation, kms, kmsKey, rows, open } = await organisationWithKeys()
    const row = newId()
    const old = (await open()).seal(sealed.callTurn.text, row, 'old')
    const two = await wrapNewKey({ organisation, kms, kmsKey, purpose: 'field', version: 2, state: 'pending' })
    const asState = (one: TenantKeyRow | undefined, state: TenantKeyRow['state']): TenantKeyRow[] =>
      one ? [{ ...one, state }] : []
    const field = rows.find(({ purpose }) => purpose === 'field')

    const before = await open([...rows, two])
    expect(old.readUInt32BE(2)).toBe(1)

    const after = await open([...asState(field, 'decrypt_only'), ...asState(two, 'active')])
    const fresh = after.seal(sealed.callTurn.text, row, 'new')
    expect(fresh.readUInt32BE(2)).toBe(2)
    expect(after.open(sealed.callTurn.text, row, old)).toBe('old')
    expect(before.open(sealed.callTurn.text, row, fresh)).toBe('new')

    const gone = await open([...asState(field, 'destroyed'), ...asState(two, 'active')])
    expect(refusalOf(() => gone.open(sealed.callTurn.text, row, old))).toBe('no_such_key')
  })

  test('a caller’s token is made under the active index key and says its version', async () => {
    const { organisation, kms, kmsKey, rows, open } = await organisationWithKeys()
    const two = await wrapNewKey({ organisation, kms, kmsKey, purpose: 'index', version: 2, state: 'active' })
    const [before, waiting, after] = await Promise.all([
      open(rows),
      open([{ ...two, state: 'pending' }, ...rows]),
      open([two, ...rows.map((row) => ({ ...row, state: 'decrypt_only' as const }))]),
    ])
    const tokens = [before, waiting, after].map((vault) => vault.callerToken('+27821234567'))
    expect(tokens.map(({ version }) => version)).toEqual([1, 1, 2])
    expect(tokens[1]).toEqual(tokens[0])
    expect(tokens[2]?.token).not.toBe(tokens[0]?.token)
  })

  test('without an active key nothing is sealed, and what was sealed still opens', async () => {
    const { rows, open } = await organisationWithKeys()
    const row = newId()
    const value = (await open()).seal(sealed.callTurn.text, row, 'hello')
    const closing = await open(rows.map((one) => ({ ...one, state: 'decrypt_only' })))
    expect(closing.open(sealed.callTurn.text, row, value)).toBe('hello')
    expect(refusalOf(() => closing.seal(sealed.callTurn.text, row, 'hello'))).toBe('no_such_key')
    expect(refusalOf(() => closing.callerToken('+27821234567'))).toBe('no_such_key')
  })
})

describe('a wrapped key', () => {
  const swaps: [string, (row: TenantKeyRow) => TenantKeyRow, string][] = [
    ['of another version', (row) => ({ ...row, version: 2 }), 'tampered'],
    ['of another purpose', (row) => ({ ...row, purpose: row.purpose === 'field' ? 'index' : 'field' }), 'tampered'],
    ['of another region', (row) => ({ ...row, region: 'eu-west-1' }), 'no_such_key'],
    ['cut short', (row) => ({ ...row, wrapped: row.wrapped.slice(0, -1) }), 'tampered'],
  ]
  test.each(swaps)('%s does not open', async (_, swap, kind) => {
    const { rows, open } = await organisationWithKeys()
    await expect(open(rows.map(swap))).rejects.toMatchObject({ kind })
  })

  test('of another organisation does not open, even under the same root key', async () => {
    const { kms, kmsKey, organisation } = await organisationWithKeys()
    const stolen = await wrapNewKey({
      organisation: newId(),
      kms,
      kmsKey,
      purpose: 'field',
      version: 1,
      state: 'active',
    })
    await expect(
      openVault({ organisation, kms, loadKeys: () => Promise.resolve([stolen]), cache: new KeyCache() }),
    ).rejects.toMatchObject({ kind: 'tampered' })
  })

  test('is wiped where the key service put it, once we hold our copy', async () => {
    const kms = temporaryKms()
    const handed: Uint8Array[] = []
    const watched: Kms = {
      ...kms,
      async decrypt(of) {
        const bytes = await kms.decrypt(of)
        handed.push(bytes)
        return bytes
      },
    }
    await (await organisationWithKeys(watched)).open()
    expect(handed).toHaveLength(2)
    expect(handed.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true)
  })

  test('that opened is wiped when another of the same organisation did not', async () => {
    const wiped = vi.spyOn(TenantKey.prototype, 'zeroise')
    const { rows, open } = await organisationWithKeys()
    await expect(open(rows.map((row, at) => (at === 0 ? row : { ...row, version: 9 })))).rejects.toMatchObject({
      kind: 'tampered',
    })
    expect(wiped).toHaveBeenCalledTimes(1)
  })

  test('leaves no root key behind when provisioning fails half-way', async () => {
    const kms = temporaryKms()
    const scheduled: string[] = []
    const failing: Kms = {
      ...kms,
      generateDataKeyWithoutPlaintext: () => Promise.reject(new KmsError('unreachable')),
      scheduleKeyDeletion: async (key, days) => {
        scheduled.push(key)
        return kms.scheduleKeyDeletion(key, days)
      },
    }
    await expect(provisionKeys({ organisation: newId(), kms: failing })).rejects.toMatchObject({ kind: 'outage' })
    expect(scheduled).toHaveLength(1)
  })
})
