import 'server-only'

import { eq } from 'drizzle-orm'

import { tenantKey } from '#drizzle/schema/organisation'

import type { OrganisationId } from '../kernel/ids.ts'
import { readAsOrganisation } from '../platform/db/transaction.ts'
import { processKms } from '../platform/kms/process-kms.ts'
import { openVault } from '../vault/open-vault.ts'
import { provisionKeys } from '../vault/provision-keys.ts'
import type { TenantKeyRow } from '../vault/unwrapped-keys.ts'

/** Whether an organisation has keys, which it gets in the transaction that creates it. */
export async function hasKeys(organisation: OrganisationId): Promise<boolean> {
  const [rows] = await readAsOrganisation(organisation, (tx) => [
    tx.select({ version: tenantKey.version }).from(tenantKey).where(eq(tenantKey.org, organisation)).limit(1),
  ])
  return rows.length > 0
}

/**
 * Makes the keys of an organisation that is about to be, and opens its vault from them, so that the transaction
 * that creates it can already seal its own trail. Null when it was founded before: its keys are in the database.
 */
export async function foundOrganisation(organisation: OrganisationId): Promise<TenantKeyRow[] | null> {
  if (await hasKeys(organisation)) return null
  const kms = processKms()
  const { rows } = await provisionKeys({ organisation, kms })
  await openVault({ organisation, kms, loadKeys: () => Promise.resolve(rows) })
  return [...rows]
}
