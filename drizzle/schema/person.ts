import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment } from './columns.ts'

/** hashed: password (argon2id). plain: e-mail and name, which belong to no organisation's key. */
export const person = pgTable('person', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash'),
  createdAt: moment('created_at').notNull().defaultNow(),
  suspendedAt: moment('suspended_at'),
})

/** plain: everything. */
export const member = pgTable(
  'member',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    personId: uuid('person_id').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'agent'] }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    suspendedAt: moment('suspended_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** plain: everything. No row means inherit. */
export const memberToggle = pgTable(
  'member_toggle',
  {
    org: uuid('org').notNull(),
    memberId: uuid('member_id').notNull(),
    permission: text('permission').notNull(),
    effect: text('effect', { enum: ['allow', 'deny'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.memberId, t.permission] })],
)

/** hashed: the cookie's session id. Reached through functions only. */
export const session = pgTable('session', {
  idHash: bytes('id_hash').primaryKey(),
  personId: uuid('person_id').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  endedAt: moment('ended_at'),
})
