import { sql } from 'drizzle-orm'
import { customType, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

import { bytes, sealed } from './columns.ts'

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
/** Microseconds, kept as the database's own text: a Date would lose three digits. */
const exactMoment = (name: string) => timestamp(name, { precision: 6, withTimezone: true, mode: 'string' })

/** plain: ids, enums and commitments only. `body` is the exact bytes that are hashed. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    org: uuid('org').notNull(),
    id: uuid('id')
      .notNull()
      .default(sql`orinode_uuidv7()`),
    recordedAt: exactMoment('recorded_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    xid: xid8('xid')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    actorKind: text('actor_kind', {
      enum: ['person', 'api_key', 'provider', 'operator', 'system', 'nobody'],
    }).notNull(),
    actor: uuid('actor'),
    action: text('action').notNull(),
    target: uuid('target'),
    result: text('result', { enum: ['done', 'refused'] }).notNull(),
    requestId: uuid('request_id').notNull(),
    apiKeyId: uuid('api_key_id'),
    body: bytes('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id, t.recordedAt] })],
)

/** sealed: salt and value behind one commitment of an entry; erasable without breaking its proof. */
export const auditDetail = pgTable(
  'audit_detail',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    entryId: uuid('entry_id').notNull(),
    recordedAt: exactMoment('recorded_at').notNull(),
    name: text('name').notNull(),
    valueSealed: sealed('value_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(value_sealed)`),
  },
  (t) => [primaryKey({ columns: [t.org, t.id, t.recordedAt] })],
)
