import type { OrganisationId } from '../kernel/ids.ts'
import { type EncryptionContext, isKmsError, type Kms } from '../platform/kms/port.ts'
import { TenantKey } from './tenant-key.ts'
import {
  type KeyPurpose,
  type TenantKeyRow,
  type UnwrappedKey,
  type UnwrappedKeys,
  zeroiseAll,
} from './unwrapped-keys.ts'
import { VaultError, isVaultError } from './vault-error.ts'

export type LoadKeys = (organisation: OrganisationId) => Promise<readonly TenantKeyRow[]>

/** What a wrapped key is bound to; a customer can restrict their key's policy to `org`. */
export function keyContext(of: {
  organisation: OrganisationId
  purpose: KeyPurpose
  version: number
  region: string
}): EncryptionContext {
  return { app: 'orinode', org: of.organisation, purpose: of.purpose, version: String(of.version), region: of.region }
}

/**
 * Opens the field and index keys that are not destroyed. Pending ones too: another process may
 * already see them as active. Blob and live keys are not for this vault and stay wrapped.
 */
export async function unwrapKeys(of: {
  organisation: OrganisationId
  loadKeys: LoadKeys
  kms: Kms
}): Promise<UnwrappedKeys> {
  const rows = (await of.loadKeys(of.organisation)).filter(
    ({ purpose, state }) => (purpose === 'field' || purpose === 'index') && state !== 'destroyed',
  )
  if (rows.length === 0) throw new VaultError('no_such_key', 'This organisation has no keys')
  const outcomes = await Promise.allSettled(rows.map((row) => unwrapKey(of.organisation, row, of.kms)))
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failures = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (failures.length > 0) {
    zeroiseAll(opened)
    // A verdict outweighs silence: one key revoked and one unanswered is a revocation.
    throw failures.find((failure) => isVaultError(failure) && failure.kind !== 'outage') ?? failures[0]
  }
  return opened
}

async function unwrapKey(organisation: OrganisationId, row: TenantKeyRow, kms: Kms): Promise<UnwrappedKey> {
  const { purpose, version, state, kmsKey, wrapped, region } = row
  if (region !== kms.region) throw new VaultError('no_such_key', 'A key of this organisation belongs to another region')
  let bytes: Uint8Array
  try {
    bytes = await kms.decrypt({ key: kmsKey, context: keyContext({ organisation, purpose, version, region }), wrapped })
  } catch (error) {
    throw asVaultError(error)
  }
  try {
    return { purpose, state, key: new TenantKey(bytes, version) }
  } finally {
    bytes.fill(0)
  }
}

function asVaultError(error: unknown): unknown {
  if (!isKmsError(error)) return error
  if (error.kind === 'outage') return new VaultError('outage', `The key service did not answer: ${error.code}`)
  if (error.fault === 'invalid_ciphertext') return new VaultError('tampered', 'A wrapped key is not what was wrapped')
  return new VaultError('revoked', `The root key was refused: ${error.code}`)
}
