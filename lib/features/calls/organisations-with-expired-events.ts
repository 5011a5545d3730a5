import { asId, type OrganisationId } from '../../kernel/ids.ts'
import { lookUp } from '../../platform/db/transaction.ts'

/** Asked by the worker's login alone. */
export async function organisationsWithExpiredEvents(): Promise<OrganisationId[]> {
  const rows = await lookUp<{ org: string }>('select org from call_events_expired()', [])
  return rows.map(({ org }) => asId(org))
}
