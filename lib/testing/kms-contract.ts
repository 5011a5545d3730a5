import { describe, expect, test } from 'vitest'

import { newId, type OrganisationId } from '../kernel/ids.ts'
import { isKmsError, type Kms, type KmsFault } from '../platform/kms/port.ts'

export interface ContractExceptions {
  /** Refusals the server behind the adapter does not make, each with the reason we know of. */
  notRefusedBy?: Partial<Record<KmsFault, string>>
  /** A fault this server answers under another name. */
  renamed?: Partial<Record<KmsFault, KmsFault>>
}

const organisation: OrganisationId = newId()
const context = { app: 'orinode', org: organisation, purpose: 'field', version: '1', region: 'here' }

export async function faultOf(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'accepted'
  } catch (error) {
    if (isKmsError(error)) return error.fault
    throw error
  }
}

/** What every key service must do before the vault may stand on it. */
export function kmsContract(
  name: string,
  make: () => Kms,
  { notRefusedBy = {}, renamed = {} }: ContractExceptions = {},
): void {
  const as = (fault: KmsFault): KmsFault => renamed[fault] ?? fault

  describe(`${name} keeps the contract of a key service`, () => {
    async function wrappedKey() {
      const kms = make()
      const key = await kms.createKey({ organisation })
      return { kms, key, wrapped: await kms.generateDataKeyWithoutPlaintext({ key, context }) }
    }

    test('a data key opens to the same 32 bytes every time, and is never seen in its wrapping', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const one = await kms.decrypt({ key, context, wrapped })
      const two = await kms.decrypt({ key, context, wrapped })
      expect(one).toHaveLength(32)
      expect(Buffer.from(one)).toEqual(Buffer.from(two))
      expect(Buffer.from(wrapped).includes(Buffer.from(one))).toBe(false)
    })

    test('every data key is another', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const other = await kms.generateDataKeyWithoutPlaintext({ key, context })
      const opened = await Promise.all([wrapped, other].map((one) => kms.decrypt({ key, context, wrapped: one })))
      expect(new Set(opened.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(2)
    })

    test('the order of the context does not matter', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const reversed = Object.fromEntries(Object.entries(context).toReversed())
      expect(await kms.decrypt({ key, context: reversed, wrapped })).toHaveLength(32)
    })

    const otherContexts: [string, Record<string, string>][] = [
      ['another organisation', { ...context, org: newId() }],
      ['another version', { ...context, version: '2' }],
      ['one thing more', { ...context, more: 'x' }],
      ['nothing', {}],
    ]
    test.each(otherContexts)('a context naming %s is refused', async (_, other) => {
      const { kms, key, wrapped } = await wrappedKey()
      expect(await faultOf(kms.decrypt({ key, context: other, wrapped }))).toBe(as('invalid_ciphertext'))
    })

    const divisionReason = notRefusedBy.invalid_ciphertext
    // oxlint-disable-next-line no-console -- a guarantee that was not tried must be seen
    if (divisionReason) console.warn(`SKIPPED: ${name}: refusal of a context divided otherwise. ${divisionReason}`)
    test.skipIf(divisionReason)('a context of the same letters divided otherwise is refused', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const { purpose, ...rest } = context
      const other = { ...rest, purpos: `e${purpose}` }
      expect(await faultOf(kms.decrypt({ key, context: other, wrapped }))).toBe(as('invalid_ciphertext'))
    })

    test('changed or cut wrappings are refused', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const last = Uint8Array.from(wrapped)
      last[last.length - 1] = (last.at(-1) ?? 0) ^ 1
      for (const wrong of [last, wrapped.slice(0, -1), Buffer.from('no key at all')]) {
        expect(await faultOf(kms.decrypt({ key, context, wrapped: wrong }))).toBe(as('invalid_ciphertext'))
      }
    })

    test('another organisation’s key does not open it', async () => {
      const { kms, wrapped } = await wrappedKey()
      const key = await kms.createKey({ organisation: newId() })
      expect(await faultOf(kms.decrypt({ key, context, wrapped }))).toBe(as('incorrect_key'))
    })

    test('a key that never was is not found', async () => {
      const { kms, key } = await wrappedKey()
      const unknown = key.replace(/[0-9a-f-]{36}$/, '00000000-0000-4000-8000-000000000000')
      expect(await faultOf(kms.describeKey(unknown))).toBe('not_found')
      expect(await faultOf(kms.generateDataKeyWithoutPlaintext({ key: unknown, context }))).toBe('not_found')
      expect(await faultOf(kms.disableKey(unknown))).toBe('not_found')
    })

    test('a disabled key says so and works again once enabled', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      expect(await kms.describeKey(key)).toEqual({ state: 'enabled', deletionDate: null })
      await kms.disableKey(key)
      expect(await kms.describeKey(key)).toEqual({ state: 'disabled', deletionDate: null })
      await kms.enableKey(key)
      expect(await kms.describeKey(key)).toEqual({ state: 'enabled', deletionDate: null })
      expect(await kms.decrypt({ key, context, wrapped })).toHaveLength(32)
    })

    test('a deletion is dated, can be called off, and leaves the key disabled', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      const date = await kms.scheduleKeyDeletion(key, 7)
      const days = (date.getTime() - Date.now()) / 86_400_000
      expect(days).toBeGreaterThan(6.9)
      expect(days).toBeLessThan(7.1)
      const pending = await kms.describeKey(key)
      expect(pending.state).toBe('pending_deletion')
      expect(Math.abs((pending.deletionDate?.getTime() ?? 0) - date.getTime())).toBeLessThan(2_000)
      await kms.cancelKeyDeletion(key)
      expect(await kms.describeKey(key)).toEqual({ state: 'disabled', deletionDate: null })
      await kms.enableKey(key)
      expect(await kms.decrypt({ key, context, wrapped })).toHaveLength(32)
    })

    test.each([0, 6, 31, 7.5])('a deletion window of %d days is refused', async (days) => {
      const { kms, key } = await wrappedKey()
      expect(await faultOf(kms.scheduleKeyDeletion(key, days))).toBe('bad_request')
      expect((await kms.describeKey(key)).state).toBe('enabled')
    })

    const disabledReason = notRefusedBy.disabled
    // oxlint-disable-next-line no-console -- a guarantee that was not tried must be seen
    if (disabledReason) console.warn(`SKIPPED: ${name}: refusal by a disabled key. ${disabledReason}`)
    test.skipIf(disabledReason)('a disabled key opens and makes nothing', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      await kms.disableKey(key)
      expect(await faultOf(kms.decrypt({ key, context, wrapped }))).toBe('disabled')
      expect(await faultOf(kms.generateDataKeyWithoutPlaintext({ key, context }))).toBe('disabled')
    })

    const stateReason = notRefusedBy.invalid_state
    // oxlint-disable-next-line no-console -- a guarantee that was not tried must be seen
    if (stateReason) console.warn(`SKIPPED: ${name}: refusal by a key awaiting deletion. ${stateReason}`)
    test.skipIf(stateReason)('a key awaiting deletion opens nothing and can only be called back', async () => {
      const { kms, key, wrapped } = await wrappedKey()
      await kms.scheduleKeyDeletion(key, 7)
      const refused = [
        kms.decrypt({ key, context, wrapped }),
        kms.generateDataKeyWithoutPlaintext({ key, context }),
        kms.enableKey(key),
        kms.disableKey(key),
        kms.scheduleKeyDeletion(key, 30),
      ]
      expect(await Promise.all(refused.map(faultOf))).toEqual(refused.map(() => 'invalid_state'))
      await kms.cancelKeyDeletion(key)
      expect(await faultOf(kms.cancelKeyDeletion(key))).toBe('invalid_state')
    })
  })
}
