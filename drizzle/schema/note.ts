import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'

import { moment, sealed } from './columns.ts'

/** sealed: what somebody wrote about a call. plain: who and when. */
export const callNote = pgTable(
  'call_note',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    author: uuid('author').notNull(),
    textSealed: sealed('text_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(text_sealed)`),
    writtenAt: moment('written_at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
    editedBy: uuid('edited_by'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
