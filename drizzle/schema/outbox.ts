import { sql } from 'drizzle-orm'
import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/** plain: ids and masks only, never digits or transcript text. */
export const outboxEvent = pgTable(
  'outbox_event',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').$type<Record<string, string | number | boolean | null>>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** hashed: the client's key and the request's fingerprint. sealed: the answer to give again. */
export const idempotencyAnswer = pgTable(
  'idempotency_answer',
  {
    org: uuid('org').notNull(),
    actor: uuid('actor').notNull(),
    keyHash: bytes('key_hash').notNull(),
    id: uuid('id').notNull(),
    useCase: text('use_case').notNull(),
    fingerprint: bytes('fingerprint').notNull(),
    answerSealed: sealed('answer_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(answer_sealed)`),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.actor, t.keyHash] })],
)
