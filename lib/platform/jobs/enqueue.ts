import 'server-only'

import { send, type Tx } from '../db/transaction.ts'
import type { AskedJob } from './askable-jobs.ts'

const text = 'select enqueue_job($1, $2::text::jsonb, $3)'

/** Asks for a job in the caller's transaction and its organisation: there is one exactly when the change commits. */
export async function enqueue(tx: Tx, { name, payload, singleton }: AskedJob): Promise<void> {
  await send(tx, text, [name, JSON.stringify(payload), singleton ?? null])
}
