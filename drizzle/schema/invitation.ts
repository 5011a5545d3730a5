import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/** sealed: the address. hashed: the link's random part (SHA-256), the address (keyed). plain: role and times. */
export const invitation = pgTable(
  'invitation',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'agent'] }).notNull(),
    tokenHash: bytes('token_hash').notNull(),
    emailSealed: sealed('email_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(email_sealed)`),
    emailHash: bytes('email_hash').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
