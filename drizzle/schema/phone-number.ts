import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import type { OpeningHours } from '../../lib/kernel/opening-hours.ts'

import { moment } from './columns.ts'

/** plain: everything. These are the organisation's own numbers, never a caller's. */
export const phoneNumber = pgTable(
  'phone_number',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    number: text('number').notNull(),
    country: text('country').notNull(),
    label: text('label').notNull(),
    provider: text('provider'),
    voiceAgentId: uuid('voice_agent_id'),
    hours: jsonb('hours').$type<OpeningHours>(),
    timeZone: text('time_zone').notNull(),
    fallbackNumber: text('fallback_number'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
