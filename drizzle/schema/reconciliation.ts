import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { moment } from './columns.ts'

/** plain: what a provider's own log says of a call: whether it holds it, its length and its cost. */
export const reconciliation = pgTable(
  'reconciliation',
  {
    org: uuid('org').notNull(),
    callId: uuid('call_id').notNull(),
    providerId: uuid('provider_id').notNull(),
    result: text('result', { enum: ['agrees', 'differs', 'absent'] }).notNull(),
    logTalkMs: integer('log_talk_ms'),
    logCostMinor: bigint('log_cost_minor', { mode: 'number' }),
    logCostCurrency: text('log_cost_currency'),
    checkedAt: moment('checked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.callId] })],
)
