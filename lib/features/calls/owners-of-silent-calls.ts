import { asId, type OrganisationId } from '../../kernel/ids.ts'
import { lookUp } from '../../platform/db/transaction.ts'
import { patience } from './silence.ts'

/** Each organisation as often as it has a call that went silent. Asked by the worker's login alone. */
export async function ownersOfSilentCalls(): Promise<OrganisationId[]> {
  const rows = await lookUp<{ org: string }>(
    'select org from calls_silent($1::interval, $2::interval, $3::interval)',
    [patience.queued, patience.ringing, patience.in_progress].map((seconds) => `${seconds} seconds`),
  )
  return rows.map(({ org }) => asId(org))
}
