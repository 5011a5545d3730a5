import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/** sealed: the signing secret. hashed: the random part of the address events arrive at. plain: the rest. */
export const provider = pgTable(
  'provider',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ['retell'] }).notNull(),
    name: text('name').notNull(),
    pathHash: bytes('path_hash').notNull(),
    secretSealed: sealed('secret_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(secret_sealed)`),
    environment: text('environment', { enum: ['live', 'test'] })
      .notNull()
      .default('live'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
