import 'server-only'

import { settingFile, settings, SettingError } from '../env.ts'
import { localKms } from './local.ts'
import type { Kms } from './port.ts'

const shared = globalThis as typeof globalThis & { orinodeKms?: Kms }

/**
 * Opens this process's key service as its settings say; said once, by the process's main.
 * `tenantKeysExist`: the database already holds wrapped keys, so a missing local key file is lost, not new.
 */
export async function openProcessKms(tenantKeysExist: boolean): Promise<void> {
  const { KMS, KMS_ENDPOINT, RESIDENCY, NODE_ENV, ALLOW_LOCAL_KMS } = settings()
  shared.orinodeKms =
    KMS === 'aws'
      ? (await import('./aws.ts')).awsKms({ region: RESIDENCY, ...(KMS_ENDPOINT ? { endpoint: KMS_ENDPOINT } : {}) })
      : localKms({
          path: settingFile('KMS_KEY_FILE', 'kms/keys.json'),
          tenantKeysExist,
          production: NODE_ENV === 'production',
          allowLocal: ALLOW_LOCAL_KMS === '1',
        })
}

/** The key service the main opened; two module instances share it. */
export function processKms(): Kms {
  if (!shared.orinodeKms) throw new SettingError('KMS: no key service was opened when this process started')
  return shared.orinodeKms
}
