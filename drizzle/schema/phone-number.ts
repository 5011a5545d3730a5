import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import type { OpeningHours } from '../../lib/kernel/opening-hours.ts'

import { moment, sealed } from './columns.ts'

/** sealed: where calls go outside hours, which may be somebody's own telephone. plain: the rest; it is the organisation's number, never a caller's. */
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
    fallbackSealed: sealed('fallback_sealed'),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(fallback_sealed)`),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
