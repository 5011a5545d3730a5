import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/** sealed: its name, gone once it is deleted. hashed: the name, so that no two are alike. plain: colour and times. */
export const tag = pgTable(
  'tag',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    nameSealed: sealed('name_sealed'),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(name_sealed)`),
    nameHash: bytes('name_hash'),
    colour: text('colour', {
      enum: ['clay', 'ochre', 'leaf', 'lagoon', 'sky', 'indigo', 'plum', 'rose'],
    }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** plain: which call, which tag, who and when. */
export const callTag = pgTable(
  'call_tag',
  {
    org: uuid('org').notNull(),
    callId: uuid('call_id').notNull(),
    tagId: uuid('tag_id').notNull(),
    taggedBy: uuid('tagged_by').notNull(),
    taggedAt: moment('tagged_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.callId, t.tagId] })],
)

/** sealed: why somebody should look at the call again. plain: who, when and whether it is done. */
export const callFollowUp = pgTable(
  'call_follow_up',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    state: text('state', { enum: ['open', 'done'] }).notNull(),
    assignedTo: uuid('assigned_to'),
    whySealed: sealed('why_sealed'),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(why_sealed)`),
    askedBy: uuid('asked_by').notNull(),
    askedAt: moment('asked_at').notNull().defaultNow(),
    doneBy: uuid('done_by'),
    doneAt: moment('done_at'),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** sealed: its name. plain: the list's filter as its address says it, which holds no digits and no text of a call. */
export const savedView = pgTable(
  'saved_view',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    owner: uuid('owner').notNull(),
    nameSealed: sealed('name_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(name_sealed)`),
    query: jsonb('query').$type<Readonly<Record<string, string>>>().notNull(),
    columns: text('columns').array().notNull().default([]),
    isShared: boolean('is_shared').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
