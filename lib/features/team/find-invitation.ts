import { createHash } from 'node:crypto'

import { vaultOf } from '../../guard/vault-of.ts'
import { asId, type OrganisationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permission.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'

export interface FoundInvitation {
  id: string
  role: Role
  email: string
  organisation: {
    id: OrganisationId
    name: string
    slug: string
    country: string
    masking: boolean
    isSuspended: boolean
  }
}

interface Row {
  org: string
  id: string
  role: Role
  email_sealed: Uint8Array
  is_open: boolean
  organisation_name: string
  slug: string
  country: string
  masking: boolean
  org_suspended: boolean
}

/** The open invitation this link is, or null: used, revoked, expired and never made look the same. */
export async function findInvitation(token: string): Promise<FoundInvitation | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  const [row] = await lookUp<Row>('select * from invitation_find($1)', [createHash('sha256').update(token).digest()])
  if (!row?.is_open || row.org_suspended) return null
  const organisation = {
    id: asId<'organisation'>(row.org),
    name: row.organisation_name,
    slug: row.slug,
    country: row.country,
    masking: row.masking,
    isSuspended: row.org_suspended,
  }
  const vault = await vaultOf(organisation.id)
  const email = vault.open(sealed.invitation.email, row.id, row.email_sealed)
  return { id: row.id, role: row.role, email, organisation }
}
