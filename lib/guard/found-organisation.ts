import 'server-only'

import type { OrganisationId } from '../kernel/ids.ts'
import { processKms } from '../platform/kms/process-kms.ts'
import { openVault } from '../vault/open-vault.ts'
import { provisionKeys } from '../vault/provision-keys.ts'
import type { TenantKeyRow } from '../vault/unwrapped-keys.ts'

/**
 * Makes the keys of an organisation that is about to be, and opens its vault from them, so that the transaction
 * that creates it can already seal its own trail.
 */
export async function foundOrganisation(organisation: OrganisationId): Promise<readonly TenantKeyRow[]> {
  const kms = processKms()
  const { rows } = await provisionKeys({ organisation, kms })
  await openVault({ organisation, kms, loadKeys: () => Promise.resolve(rows) })
  return rows
}
