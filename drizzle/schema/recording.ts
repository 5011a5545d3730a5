import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { bytes, moment, sealed } from './columns.ts'

/** sealed: the key of the sealed bytes in the storage. hashed: what they are, keyed. plain: format, size and length. */
export const recording = pgTable(
  'recording',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    codec: text('codec', {
      enum: [
        'wav/pcm',
        'wav/float',
        'wav/alaw',
        'wav/mulaw',
        'mpeg/mp3',
        'ogg/opus',
        'ogg/vorbis',
        'webm/opus',
        'webm/vorbis',
      ],
    }).notNull(),
    rate: integer('rate').notNull(),
    channels: integer('channels').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    durationMs: integer('duration_ms'),
    contentHash: bytes('content_hash').notNull(),
    keySealed: sealed('key_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(key_sealed)`),
    storedAt: moment('stored_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
