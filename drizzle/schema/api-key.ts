import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment } from './columns.ts'

/** hashed: the key (SHA-256 of 256 random bits). plain: the rest, its last four characters included. */
export const apiKey = pgTable(
  'api_key',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    environment: text('environment', { enum: ['live', 'test'] }).notNull(),
    keyHash: bytes('key_hash').notNull(),
    last4: text('last4').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
