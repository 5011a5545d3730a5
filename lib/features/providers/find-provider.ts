import { createHash } from 'node:crypto'

import { vaultOf } from '../../guard/vault-of.ts'
import type { ActingOrganisation, Environment } from '../../kernel/actor.ts'
import { asId, type Id } from '../../kernel/ids.ts'
import type { ProviderKind } from '../../kernel/provider-kind.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import type { ProviderSettings } from './adapters/port.ts'

export interface FoundProvider {
  id: Id<'provider'>
  kind: ProviderKind
  environment: Environment
  settings: ProviderSettings
  organisation: Pick<ActingOrganisation, 'id' | 'country' | 'masking' | 'isSuspended'>
  isDisabled: boolean
  /** Opened for checking one signature; not to be kept. Newest first; one, empty, where nothing is signed. */
  secrets: readonly string[]
}

interface Row {
  org: string
  id: string
  kind: ProviderKind
  environment: Environment
  settings: ProviderSettings
  secret_sealed: Uint8Array | null
  previous_secret_sealed: Uint8Array | null
  disabled: boolean
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
  return {
    id: asId(row.id),
    kind: row.kind,
    environment: row.environment,
    settings: row.settings,
    organisation,
    isDisabled: row.disabled,
    secrets: row.disabled ? [] : await secretsOf(row, organisation.id),
  }
}

async function secretsOf(row: Row, organisation: FoundProvider['organisation']['id']): Promise<string[]> {
  if (!row.secret_sealed) return ['']
  const vault = await vaultOf(organisation)
  const current = vault.open(sealed.provider.secret, row.id, row.secret_sealed)
  const { previous_secret_sealed: previous } = row
  return previous ? [current, vault.open(sealed.provider.previousSecret, row.id, previous)] : [current]
}
