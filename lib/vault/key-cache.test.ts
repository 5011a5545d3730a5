import { afterEach, describe, expect, test, vi } from 'vitest'

import { newId, type OrganisationId } from '../kernel/ids.ts'
import { type Kms, KmsError } from '../platform/kms/port.ts'
import { sealed } from './columns.ts'
import { KeyCache, keyCache, purgeEverything, purgeOrganisation } from './key-cache.ts'
import { openVault, type Vault } from './open-vault.ts'
import { provisionKeys } from './provision-keys.ts'
import { TenantKey } from './tenant-key.ts'
import { refusalOf, temporaryKms } from '../testing/vault-fixture.ts'

/** One organisation behind a cache with a clock of its own, and a key service that can be made to fail. */
async function office({ max = 500 } = {}) {
  const clock = { ms: 1_000_000 }
  const cache = new KeyCache({ now: () => clock.ms, max })
  const real = temporaryKms()
  const state = { failWith: null as KmsError | null, decrypts: 0, loads: 0, gate: Promise.resolve() }
  const kms: Kms = {
    ...real,
    async decrypt(of) {
      state.decrypts += 1
      await state.gate
      const { failWith } = state
      if (failWith) throw failWith
      return real.decrypt(of)
    },
  }
  const revoked: OrganisationId[] = []
  async function resident() {
    const organisation: OrganisationId = newId()
    const { rows } = await provisionKeys({ organisation, kms })
    const loadKeys = () => {
      state.loads += 1
      return Promise.resolve(rows)
    }
    const open = (): Promise<Vault> =>
      openVault({ organisation, loadKeys, kms, cache, onRevoked: (one) => revoked.push(one) })
    return { organisation, open }
  }
  return { clock, cache, state, revoked, resident, ...(await resident()) }
}

const works = (vault: Vault): string => refusalOf(() => vault.seal(sealed.callTurn.text, newId(), 'hello'))
const outage = new KmsError('unreachable', 'ThrottlingException')
const withdrawn = new KmsError('disabled', 'DisabledException')

afterEach(() => {
  vi.useRealTimers()
})

describe('an unwrapped key', () => {
  test('is fetched once for 200 who ask at the same moment', async () => {
    const { open, state } = await office()
    const vaults = await Promise.all(Array.from({ length: 200 }, open))
    expect(state).toMatchObject({ loads: 1, decrypts: 2 })
    expect(vaults.every((vault) => works(vault) === 'accepted')).toBe(true)
  })

  test('is served from memory without reading the database again', async () => {
    const { open, state, clock } = await office()
    for (let i = 0; i < 40; i += 1) {
      clock.ms += 1_000
      await open()
    }
    expect(state).toMatchObject({ loads: 1, decrypts: 2 })
  })

  test('lives 60 seconds from its making, however often it is used', async () => {
    const { open, clock } = await office()
    const vault = await open()
    for (let second = 1; second < 60; second += 1) {
      clock.ms += 1_000
      expect(works(vault)).toBe('accepted')
      await open()
    }
    clock.ms += 999
    expect(works(vault)).toBe('accepted')
    clock.ms += 1
    expect(works(vault)).toBe('expired')
    expect(works(await open())).toBe('accepted')
  })

  test('is fetched anew from the 45th second, so that nobody is handed one about to end', async () => {
    const { open, state, clock } = await office()
    const early = await open()
    clock.ms += 45_000
    const late = await open()
    expect(state.decrypts).toBe(4)
    clock.ms += 15_000
    expect([works(early), works(late)]).toEqual(['expired', 'accepted'])
  })

  test('counts its age from before the key service was asked, not from the answer', async () => {
    const { open, state, clock } = await office()
    const { promise, resolve } = Promise.withResolvers<void>()
    state.gate = promise
    const opening = open()
    await vi.waitFor(() => expect(state.decrypts).toBe(2))
    clock.ms += 30_000
    resolve()
    const vault = await opening
    clock.ms += 29_999
    expect(works(vault)).toBe('accepted')
    clock.ms += 1
    expect(works(vault)).toBe('expired')
  })

  test('is wiped at its limit even when nobody comes by', async () => {
    const { open } = await office()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const wiped = vi.spyOn(TenantKey.prototype, 'zeroise')
    await open()
    vi.advanceTimersByTime(59_999)
    expect(wiped).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(wiped).toHaveBeenCalledTimes(2)
  })

  test('is wiped when a purge or a newcomer puts it out', async () => {
    const { open, resident, cache, organisation } = await office({ max: 2 })
    const wiped = vi.spyOn(TenantKey.prototype, 'zeroise')
    const [second, third] = [await resident(), await resident()]
    const vault = await open()
    const secondVault = await second.open()
    await open()
    await third.open()
    expect([works(vault), works(secondVault)]).toEqual(['accepted', 'expired'])
    expect(wiped).toHaveBeenCalledTimes(2)
    cache.purge(organisation)
    expect(wiped).toHaveBeenCalledTimes(4)
    expect(works(vault)).toBe('expired')
  })
})

describe('a withdrawn root key', () => {
  test('ends every vault of the organisation the moment it is noticed, and nobody else’s', async () => {
    const { open, resident, state, clock, revoked, organisation } = await office()
    const held = await open()
    clock.ms += 44_000
    const neighbour = await (await resident()).open()
    clock.ms += 1_000
    state.failWith = withdrawn
    await expect(open()).rejects.toMatchObject({ kind: 'revoked' })
    expect([works(held), works(neighbour)]).toEqual(['revoked', 'accepted'])
    expect(revoked).toEqual([organisation])
  })

  test('is not asked about again for 5 seconds, then is', async () => {
    const { open, state, clock, revoked } = await office()
    state.failWith = withdrawn
    await expect(open()).rejects.toMatchObject({ kind: 'revoked' })
    const { decrypts, loads } = state
    state.failWith = null
    clock.ms += 4_999
    await expect(open()).rejects.toMatchObject({ kind: 'revoked' })
    expect(state).toMatchObject({ decrypts, loads })
    expect(revoked).toHaveLength(1)
    clock.ms += 1
    expect(works(await open())).toBe('accepted')
  })

  test('outweighs an outage met in the same fetch', async () => {
    const { open, state, clock } = await office()
    const held = await open()
    clock.ms += 45_000
    let first = true
    vi.spyOn(state, 'failWith', 'get').mockImplementation(() => {
      const answer = first ? outage : withdrawn
      first = false
      return answer
    })
    await expect(open()).rejects.toMatchObject({ kind: 'revoked' })
    expect(works(held)).toBe('revoked')
  })
})

describe('an outage of the key service', () => {
  test('is bridged to the hard limit and not a millisecond further', async () => {
    const { open, state, clock } = await office()
    await open()
    state.failWith = outage
    clock.ms += 45_000
    expect(works(await open())).toBe('accepted')
    clock.ms += 14_999
    const last = await open()
    expect(works(last)).toBe('accepted')
    clock.ms += 1
    expect(works(last)).toBe('expired')
    await expect(open()).rejects.toMatchObject({ kind: 'outage' })
    state.failWith = null
    expect(works(await open())).toBe('accepted')
  })

  test('is not made worse by asking at every request', async () => {
    const { open, state, clock } = await office()
    await open()
    state.failWith = outage
    clock.ms += 45_000
    const before = state.loads
    for (let i = 0; i < 50; i += 1) await open()
    expect(state.loads - before).toBe(1)
    clock.ms += 1_000
    await open()
    expect(state.loads - before).toBe(2)
  })

  test('after a purge there is nothing to bridge it with', async () => {
    const { open, state, cache, organisation } = await office()
    await open()
    state.failWith = outage
    cache.purge(organisation)
    await expect(open()).rejects.toMatchObject({ kind: 'outage' })
  })
})

describe('a purge', () => {
  test('also voids the fetch that was under way: its keys are wiped and read again', async () => {
    const { open, state, cache, organisation } = await office()
    const wiped = vi.spyOn(TenantKey.prototype, 'zeroise')
    const { promise, resolve } = Promise.withResolvers<void>()
    state.gate = promise
    const opening = open()
    await vi.waitFor(() => expect(state.decrypts).toBe(2))
    cache.purge(organisation)
    resolve()
    expect(works(await opening)).toBe('accepted')
    expect(wiped).toHaveBeenCalledTimes(2)
    expect(state).toMatchObject({ loads: 2, decrypts: 4 })
  })

  test('reaches older vaults that a refresh has already replaced', async () => {
    const { open, cache, organisation, clock } = await office()
    const older = await open()
    clock.ms += 45_000
    const newer = await open()
    expect([works(older), works(newer)]).toEqual(['accepted', 'accepted'])
    cache.purge(organisation)
    expect([works(older), works(newer)]).toEqual(['expired', 'expired'])
  })

  test('of everything empties the cache', async () => {
    const { open, cache } = await office()
    const vault = await open()
    cache.purgeAll()
    expect(works(vault)).toBe('expired')
    expect(works(await open())).toBe('accepted')
  })
})

test('an organisation without keys is told so, and served as soon as it has them', async () => {
  const { cache } = await office()
  const kms = temporaryKms()
  const organisation: OrganisationId = newId()
  await expect(openVault({ organisation, kms, cache, loadKeys: () => Promise.resolve([]) })).rejects.toMatchObject({
    kind: 'no_such_key',
  })
  const { rows } = await provisionKeys({ organisation, kms })
  expect(works(await openVault({ organisation, kms, cache, loadKeys: () => Promise.resolve(rows) }))).toBe('accepted')
})

test('a database error passes through as it is and is not remembered', async () => {
  const { open, cache } = await office()
  const kms = temporaryKms()
  const broken = () => Promise.reject(new Error('connection lost'))
  await expect(openVault({ organisation: newId(), kms, cache, loadKeys: broken })).rejects.toThrow('connection lost')
  expect(works(await open())).toBe('accepted')
})

test('two copies of this module share one cache, and a purge through one ends the other’s vaults', async () => {
  vi.resetModules()
  const copy = await import('./open-vault.ts')
  const copyOfCache = await import('./key-cache.ts')
  expect(copyOfCache.KeyCache).not.toBe(KeyCache)
  expect(copyOfCache.keyCache()).toBe(keyCache())
  const kms = temporaryKms()
  const organisation: OrganisationId = newId()
  const { rows } = await provisionKeys({ organisation, kms })
  const vault = await copy.openVault({ organisation, kms, loadKeys: () => Promise.resolve(rows) })
  expect(works(vault)).toBe('accepted')
  purgeOrganisation(organisation)
  expect(works(vault)).toBe('expired')
  const again = await copy.openVault({ organisation, kms, loadKeys: () => Promise.resolve(rows) })
  purgeEverything()
  expect(works(again)).toBe('expired')

  const refusing: Kms = { ...kms, decrypt: () => Promise.reject(withdrawn) }
  await expect(
    copy.openVault({ organisation, kms: refusing, loadKeys: () => Promise.resolve(rows) }),
  ).rejects.toMatchObject({ kind: 'revoked' })
  purgeEverything()
})
