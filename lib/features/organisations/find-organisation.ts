import { asId, type OrganisationId } from '../../kernel/ids.ts'
import { lookUp } from '../../platform/db/transaction.ts'

/** The organisation of a slug, for our own command-line tools; only the worker's login may ask. */
export async function findOrganisation(slug: string): Promise<OrganisationId | null> {
  const [row] = await lookUp<{ org: string }>('select org from organisation_find($1)', [slug])
  return row ? asId(row.org) : null
}
