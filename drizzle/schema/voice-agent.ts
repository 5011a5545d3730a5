import { sql } from 'drizzle-orm'
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { moment, sealed } from './columns.ts'

/** plain: its name, as calls name it, and which version counts. */
export const voiceAgent = pgTable(
  'voice_agent',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    published: integer('published'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** sealed: what it says and when, and why it was published. plain: who, when, and what it brings back. */
export const voiceAgentVersion = pgTable(
  'voice_agent_version',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    agentId: uuid('agent_id').notNull(),
    number: integer('number').notNull(),
    configSealed: sealed('config_sealed').notNull(),
    noteSealed: sealed('note_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(
      sql`least(sealed_version(config_sealed), sealed_version(note_sealed))`,
    ),
    restores: integer('restores'),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: moment('published_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** sealed: what one member would publish. plain: whose, from which version on, and when. */
export const voiceAgentDraft = pgTable(
  'voice_agent_draft',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    agentId: uuid('agent_id').notNull(),
    memberId: uuid('member_id').notNull(),
    basedOn: integer('based_on').notNull(),
    configSealed: sealed('config_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(config_sealed)`),
    savedAt: moment('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
