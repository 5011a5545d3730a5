import { sql } from 'drizzle-orm'
import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/**
 * sealed: the signing secret, the one before it, the random part of the address events arrive at. hashed: that part, to find it by.
 * plain: the rest; settings are names of headers and fields, places and numbers of our own.
 */
export const provider = pgTable(
  'provider',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['retell', 'vapi', 'twilio', 'africastalking', 'generic'] }).notNull(),
    name: text('name').notNull(),
    settings: jsonb('settings').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    pathHash: bytes('path_hash').notNull(),
    pathSealed: sealed('path_sealed'),
    secretSealed: sealed('secret_sealed'),
    previousSecretSealed: sealed('previous_secret_sealed'),
    previousSecretUntil: moment('previous_secret_until'),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`least(sealed_version(secret_sealed), …)`),
    environment: text('environment', { enum: ['live', 'test'] })
      .notNull()
      .default('live'),
    createdAt: moment('created_at').notNull().defaultNow(),
    disabledAt: moment('disabled_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** plain: how often and when last. */
export const providerActivity = pgTable(
  'provider_activity',
  {
    org: uuid('org').notNull(),
    providerId: uuid('provider_id').notNull(),
    lastEventAt: moment('last_event_at'),
    accepted: bigint('accepted', { mode: 'number' }).notNull().default(0),
    rejected: bigint('rejected', { mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.org, t.providerId] })],
)

/** plain: why and under which request something was turned away; nothing of what it said. */
export const providerRejection = pgTable(
  'provider_rejection',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    reason: text('reason', {
      enum: [
        'missing',
        'malformed',
        'stale',
        'mismatch',
        'disabled',
        'suspended',
        'wrong_type',
        'unreadable',
        'too_large',
        'too_many',
      ],
    }).notNull(),
    requestId: uuid('request_id').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
