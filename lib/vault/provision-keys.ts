import type { OrganisationId } from '../kernel/ids.ts'
import type { Kms } from '../platform/kms/port.ts'
import type { KeyPurpose, KeyState, TenantKeyRow } from './unwrapped-keys.ts'
import { keyContext } from './wrapping.ts'

export interface ProvisionedKeys {
  readonly kmsKey: string
  readonly rows: readonly TenantKeyRow[]
}

/** A root key for a new organisation and its first field and index keys. We never see them unwrapped here. */
export async function provisionKeys({
  organisation,
  kms,
}: {
  organisation: OrganisationId
  kms: Kms
}): Promise<ProvisionedKeys> {
  const kmsKey = await kms.createKey({ organisation })
  try {
    const rows = await Promise.all(
      (['field', 'index'] as const).map((purpose) =>
        wrapNewKey({ organisation, kms, kmsKey, purpose, version: 1, state: 'active' }),
      ),
    )
    return { kmsKey, rows }
  } catch (error) {
    // Nobody will ever know this key's id again, and AWS bills for it until it is gone.
    await kms.scheduleKeyDeletion(kmsKey, 7).catch(() => undefined)
    throw error
  }
}

/** One more key, for rotation or another purpose. */
export async function wrapNewKey(of: {
  organisation: OrganisationId
  kms: Kms
  kmsKey: string
  purpose: KeyPurpose
  version: number
  state: KeyState
}): Promise<TenantKeyRow> {
  const { kms, kmsKey, purpose, version, state } = of
  const context = keyContext({ organisation: of.organisation, purpose, version, region: kms.region })
  const wrapped = await kms.generateDataKeyWithoutPlaintext({ key: kmsKey, context })
  return { purpose, version, state, kmsKey, wrapped, region: kms.region }
}
