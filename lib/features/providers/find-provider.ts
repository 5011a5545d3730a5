import { createHash } from 'node:crypto'

import { vaultOf } from '../../guard/vault-of.ts'
import type { ActingOrganisation, Environment } from '../../kernel/actor.ts'
import { asId, type Id } from '../../kernel/ids.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'

export interface FoundProvider {
  id: Id<'provider'>
  kind: 'retell'
  environment: Environment
  organisation: Pick<ActingOrganisation, 'id' | 'country' | 'masking' | 'isSuspended'>
  /** Opened for checking one signature; not to be kept. */
  secret: string
}

interface Row {
  org: string
  id: string
  kind: 'retell'
  environment: Environment
  secret_sealed: Uint8Array
  country: string
  masking: boolean
  org_suspended: boolean
}

/** The provider whose address this is, or null. */
export async function findProvider(kind: string, token: string): Promise<FoundProvider | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  const [row] = await lookUp<Row>('select * from provider_find($1)', [createHash('sha256').update(token).digest()])
  if (!row || row.kind !== kind) return null
  const organisation = {
    id: asId<'organisation'>(row.org),
    country: row.country,
    masking: row.masking,
    isSuspended: row.org_suspended,
  }
  const vault = await vaultOf(organisation.id)
  return {
    id: asId(row.id),
    kind: row.kind,
    environment: row.environment,
    organisation,
    secret: vault.open(sealed.provider.secret, row.id, row.secret_sealed),
  }
}
