import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import type { OpeningHours } from '../../lib/kernel/opening-hours.ts'

import { bytes, moment } from './columns.ts'

/** plain: everything. */
export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  region: text('region').notNull(),
  timeZone: text('time_zone').notNull(),
  masking: boolean('masking').notNull().default(true),
  plan: text('plan', { enum: ['starter', 'growth', 'enterprise'] })
    .notNull()
    .default('starter'),
  currency: text('currency').notNull().default('NGN'),
  languages: text('languages').array().notNull().default(['en']),
  hours: jsonb('hours').$type<OpeningHours>().notNull().default({}),
  createdAt: moment('created_at').notNull().defaultNow(),
  suspendedAt: moment('suspended_at'),
})

/** wrapped: the tenant key, by the organisation's KMS key. plain: the rest. */
export const tenantKey = pgTable(
  'tenant_key',
  {
    org: uuid('org').notNull(),
    purpose: text('purpose', { enum: ['field', 'blob', 'index', 'live'] }).notNull(),
    version: integer('version').notNull(),
    state: text('state', { enum: ['pending', 'active', 'decrypt_only', 'destroyed'] }).notNull(),
    kmsKey: text('kms_key').notNull(),
    region: text('region').notNull(),
    wrapped: bytes('wrapped').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.purpose, t.version] })],
)
