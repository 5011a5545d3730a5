import 'server-only'

import { newId, type OrganisationId } from '../kernel/ids.ts'
import { send, type Tx } from '../platform/db/transaction.ts'
import type { OutboxEvent } from './use-case.ts'

const text = `insert into outbox_event (org, id, type, payload)
  select $1::uuid, (e ->> 'id')::uuid, e ->> 'type', e -> 'payload' from jsonb_array_elements($2::text::jsonb) as e`

/** Writes what others must hear of into the transaction of the act, to be told after it committed. */
export async function writeEvents(tx: Tx, organisation: OrganisationId, events: readonly OutboxEvent[]): Promise<void> {
  await send(tx, text, [organisation, JSON.stringify(events.map((event) => ({ id: newId<'event'>(), ...event })))])
}
