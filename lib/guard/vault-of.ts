import 'server-only'

import { eq } from 'drizzle-orm'

import { tenantKey } from '#drizzle/schema/organisation'

import type { OrganisationId } from '../kernel/ids.ts'
import { notify } from '../platform/db/notify.ts'
import { readAsOrganisation } from '../platform/db/transaction.ts'
import { processKms } from '../platform/kms/process-kms.ts'
import { openVault, type Vault } from '../vault/open-vault.ts'
import type { TenantKeyRow } from '../vault/unwrapped-keys.ts'

/**
 * The organisation's vault. Opened before the transaction, never inside it: on a cache miss its keys are read
 * over a connection, and a request never holds two.
 */
export function vaultOf(organisation: OrganisationId): Promise<Vault> {
  return openVault({
    organisation,
    loadKeys,
    kms: processKms(),
    onRevoked: (revoked) => notify('orinode_access', { kind: 'key_revoked', organisation: revoked }),
  })
}

async function loadKeys(organisation: OrganisationId): Promise<readonly TenantKeyRow[]> {
  const [rows] = await readAsOrganisation(organisation, (tx) => [
    tx.select().from(tenantKey).where(eq(tenantKey.org, organisation)),
  ])
  return rows
}
