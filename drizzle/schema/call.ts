import { sql } from 'drizzle-orm'
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'

import { callStatuses } from '../../lib/kernel/call-status.ts'
import { bytes, moment, sealed } from './columns.ts'

const environment = () => text('environment', { enum: ['live', 'test'] }).notNull()

/**
 * sealed: what ends in `Sealed`. token: the caller, keyed per organisation. hashed: the outcome, keyed. masked: country and
 * last three. plain: our own number and agent, status, times, money, languages, countries; tags and follow-up by their ids,
 * which the database alone writes.
 */
export const call = pgTable(
  'call',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    environment: environment(),
    provider: text('provider').notNull(),
    externalIdSealed: sealed('external_id_sealed').notNull(),
    carrierCallIdSealed: sealed('carrier_call_id_sealed'),
    direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
    callerKind: text('caller_kind', { enum: ['number', 'withheld', 'short_code', 'sip'] }).notNull(),
    callerToken: bytes('caller_token'),
    callerTokenVersion: integer('caller_token_version'),
    callerCountry: text('caller_country'),
    callerLast3: text('caller_last3'),
    callerSealed: sealed('caller_sealed'),
    number: text('number'),
    agent: text('agent'),
    status: text('status', { enum: callStatuses }).notNull(),
    statusRaw: text('status_raw'),
    endedReason: text('ended_reason'),
    endedReasonRaw: text('ended_reason_raw'),
    startedAt: moment('started_at').notNull(),
    answeredAt: moment('answered_at'),
    endedAt: moment('ended_at'),
    talkMs: integer('talk_ms'),
    languages: text('languages').array().notNull().default([]),
    outcomeSealed: sealed('outcome_sealed'),
    outcomeHash: bytes('outcome_hash'),
    success: boolean('success'),
    sentiment: text('sentiment', { enum: ['positive', 'neutral', 'negative'] }),
    summarySealed: sealed('summary_sealed'),
    consentState: text('consent_state', { enum: ['given', 'refused', 'not_asked', 'unknown'] }),
    consentType: text('consent_type'),
    consentAt: moment('consent_at'),
    costMinor: bigint('cost_minor', { mode: 'number' }),
    costCurrency: text('cost_currency'),
    costComponents: jsonb('cost_components').$type<{ name: string; amountMinor: number }[]>(),
    latencyMs: jsonb('latency_ms').$type<Record<string, number>>(),
    recordingUrlSealed: sealed('recording_url_sealed'),
    metadataSealed: sealed('metadata_sealed'),
    judged: text('judged').array().$type<('outcome' | 'success')[]>().notNull().default([]),
    judgedAt: moment('judged_at'),
    judgedBy: uuid('judged_by'),
    tagIds: uuid('tag_ids').array(),
    followUp: text('follow_up', { enum: ['open', 'done'] }),
    assignedTo: uuid('assigned_to'),
    countries: text('countries').array().notNull().default([]),
    transcriptStage: integer('transcript_stage').notNull().default(0),
    transcriptTurns: integer('transcript_turns').notNull().default(0),
    factsAt: moment('facts_at'),
    voiceAgentId: uuid('voice_agent_id'),
    configVersion: integer('config_version'),
    told: jsonb('told').$type<Readonly<Record<string, string>>>().notNull().default({}),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(
      sql`least(sealed_version(external_id_sealed), …)`,
    ),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/** hashed: the outside name of the call, keyed. */
export const callSource = pgTable(
  'call_source',
  {
    org: uuid('org').notNull(),
    environment: environment(),
    provider: text('provider').notNull(),
    externalIdHash: bytes('external_id_hash').notNull(),
    callId: uuid('call_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.environment, t.provider, t.externalIdHash] })],
)

/** sealed: what was said, turn by turn. */
export const callTurn = pgTable(
  'call_turn',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    seq: integer('seq').notNull(),
    role: text('role', { enum: ['caller', 'agent', 'tool'] }).notNull(),
    atMs: integer('at_ms').notNull(),
    textSealed: sealed('text_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(text_sealed)`),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)

/**
 * sealed: what was sent to us, redacted first while masking is on. hashed: its dedupe key. Its `xid` is the database's
 * alone: not even its name may stand in an INSERT of ours.
 */
export const callEvent = pgTable(
  'call_event',
  {
    org: uuid('org').notNull(),
    id: uuid('id').notNull(),
    callId: uuid('call_id').notNull(),
    environment: environment(),
    provider: text('provider').notNull(),
    kind: text('kind').notNull(),
    dedupeHash: bytes('dedupe_hash').notNull(),
    bodySealed: sealed('body_sealed').notNull(),
    oldestKeyVersion: integer('oldest_key_version').generatedAlwaysAs(sql`sealed_version(body_sealed)`),
    receivedAt: moment('received_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.org, t.id] })],
)
