import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core'

import { moment, sealed } from './columns.ts'

/** sealed: its title. plain: how much it is, who added it and when. */
export const knowledgeDocument = pgTable(
  'knowledge_document',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    titleSealed: sealed('title_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(title_sealed)`),
    version: integer('version').notNull(),
    bytes: integer('bytes').notNull(),
    chunks: integer('chunks').notNull(),
    addedBy: uuid('added_by').notNull(),
    addedAt: moment('added_at').notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** sealed: a piece of a document. hashed: its words. plain: where it stands and how long it is. */
export const knowledgeChunk = pgTable(
  'knowledge_chunk',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    documentId: uuid('document_id').notNull(),
    seq: integer('seq').notNull(),
    textSealed: sealed('text_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(text_sealed)`),
    length: integer('length').notNull(),
    terms: bigint('terms', { mode: 'bigint' }).array().notNull(),
    counts: smallint('counts').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
