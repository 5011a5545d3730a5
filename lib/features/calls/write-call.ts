import { and, eq, type SQL, sql } from 'drizzle-orm'

import { call, callEvent, callSource } from '#drizzle/schema/call'

import type { Context } from '../../guard/use-case.ts'
import type { Environment } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { blankRow, type CallRow, callerColumns, columnsFrom, knownOf } from './call-row.ts'
import { newCaller, storedWithoutCaller } from './caller-changes.ts'
import { byToken } from './caller-digits.ts'
import { type CleanFacts, withoutCaller } from './clean-facts.ts'
import { merge } from './merge.ts'
import { insertWholeCall } from './insert-whole-call.ts'
import { type SealedTurn, turnsStatement } from './turns.ts'

/** How long what a provider sent is kept, sealed, for finding out why a call looks as it does. */
const eventLifetimeMs = 7 * 24 * 3_600_000

export interface IncomingEvent {
  environment: Environment
  provider: string
  kind: string
  /** Keyed hash that makes a second delivery of the same event a duplicate. */
  dedupeHash: Uint8Array
  /** The id of the event's row, and what is kept of it: redacted first while masking is on, sealed under that id. */
  id: string
  bodySealed: Uint8Array
  /** Of its whole transcript, where it has one. */
  turns: readonly SealedTurn[]
  /** Null: it says of no moment of its own. */
  toldAt: Date | null
  /** Keyed hash of the outside name of the call, made before anything was redacted. */
  externalIdHash: Uint8Array
}

export interface Written {
  row: CallRow
  isNew: boolean
  isDuplicate: boolean
  /** What the call was before this event; null when it was not. */
  statusBefore: CallRow['status'] | null
}

type Writing = Pick<Context<unknown>, 'vault' | 'organisation' | 'now'> & { tx: Tx; masking: boolean }

/**
 * Puts one event into the call it belongs to, making the call when it is the first. Two first events of one call at
 * once wait for each other on `call_source`; the second then merges.
 */
export async function writeCall(writing: Writing, event: IncomingEvent, facts: CleanFacts): Promise<Written> {
  const row = newRow(writing, event, facts)
  const isNew = await insertWholeCall(writing.tx, {
    row,
    externalIdHash: event.externalIdHash,
    event: eventRow(writing, event, row.id),
    turns: event.turns,
  })
  return isNew ? { row, isNew, isDuplicate: false, statusBefore: null } : mergeCall(writing, event, facts)
}

function newRow({ vault, organisation: org, masking, now }: Writing, event: IncomingEvent, facts: CleanFacts): CallRow {
  const id = newId<'call'>()
  return {
    ...blankRow,
    org,
    id,
    environment: event.environment,
    provider: event.provider,
    externalIdSealed: vault.seal(sealed.call.externalId, id, facts.externalId),
    direction: facts.direction ?? 'inbound',
    ...callerColumns(vault, id, facts.caller, masking),
    createdAt: now,
    ...columnsFrom(vault, id, facts, merge(null, facts, event.toldAt ?? now, event.dedupeHash), null),
    updatedAt: now,
  }
}

async function mergeCall(writing: Writing, event: IncomingEvent, facts: CleanFacts): Promise<Written> {
  const { tx, organisation: org } = writing
  const source = and(
    eq(callSource.org, org),
    eq(callSource.environment, event.environment),
    eq(callSource.provider, event.provider),
    eq(callSource.externalIdHash, event.externalIdHash),
  )
  const [found] = await tx
    .select({ row: call })
    .from(callSource)
    .innerJoin(call, and(eq(call.org, org), eq(call.id, callSource.callId)))
    .where(source)
    .for('update', { of: call })
  if (!found) throw new Error('a call source points at no call')
  const stored = found.row
  const fresh = await insertEvent(writing, event, stored.id)
  if (fresh.length === 0) return { row: stored, isNew: false, isDuplicate: true, statusBefore: stored.status }
  return {
    row: await applyFacts({
      ...writing,
      stored,
      facts,
      event: { ...event, toldAt: toldAtOf(event, stored, writing.now) },
    }),
    isNew: false,
    isDuplicate: false,
    statusBefore: stored.status,
  }
}

/**
 * An event without a time is told when it comes. Once a call is older than what is kept of its events, it may be one of them
 * sent again, that nothing would know: then it counts as the first, which replaces nothing told since.
 */
function toldAtOf({ toldAt }: IncomingEvent, { createdAt }: CallRow, now: Date): Date {
  return toldAt ?? (now.getTime() - createdAt.getTime() < eventLifetimeMs ? now : createdAt)
}

/** Merges facts into a call that is locked, and whose event row is already in this transaction. */
export async function applyFacts(
  given: Writing & {
    stored: CallRow
    facts: CleanFacts
    event: Pick<IncomingEvent, 'dedupeHash' | 'turns'> & { toldAt: Date }
  },
): Promise<CallRow> {
  const { tx, vault, organisation: org, stored, event, masking } = given
  // Whose digits a name or an address holds, another event may have said before, or this one may say.
  const facts = withoutCaller(given.facts, byToken(vault, stored), masking)
  const applied = { vault, stored, facts, masking }
  const merged = merge(knownOf(stored), facts, event.toldAt, event.dedupeHash)
  const changes = {
    ...storedWithoutCaller(applied),
    ...columnsFrom(vault, stored.id, facts, merged, stored),
    ...(merged.takes.has('caller') ? newCaller(applied) : {}),
    ...newAgent(applied),
  }
  const takesTurns = merged.takes.has('transcript')
  const turns = takesTurns ? event.turns : []
  const [[row]] = await Promise.all([
    tx
      .update(call)
      .set(changes)
      .where(and(eq(call.org, org), eq(call.id, stored.id)))
      .returning(),
    ...(takesTurns ? [tx.execute(sql`delete from call_turn where org = ${org} and call_id = ${stored.id}`)] : []),
    ...(turns.length > 0 ? [tx.execute(turnsStatement(org, stored.id, turns))] : []),
  ])
  if (!row) throw new Error('an updated call was not returned')
  return row
}

/** The version that answers is the one published when our number or its agent is first heard of; a call keeps it. */
function newAgent({ stored, facts }: Pick<Parameters<typeof applyFacts>[0], 'stored' | 'facts'>): Record<string, SQL> {
  const isNews =
    (facts.agent !== undefined && stored.agent === null) || (facts.number !== undefined && stored.number === null)
  if (stored.configVersion !== null || !isNews) return {}
  const { org } = stored
  const answering = (
    column: SQL,
  ): SQL => sql`(select ${column} from voice_agent where org = ${org} and published is not null and id = coalesce(
    (select voice_agent_id from phone_number where org = ${org} and number = ${facts.number ?? stored.number}::text),
    (select id from voice_agent where org = ${org} and lower(name) = lower(${facts.agent ?? stored.agent}::text))))`
  return { voiceAgentId: answering(sql`id`), configVersion: answering(sql`published`) }
}

/** One row, or none when this very event was here before. */
export function insertEvent(writing: Writing, event: IncomingEvent, callId: string) {
  return writing.tx
    .insert(callEvent)
    .values(eventRow(writing, event, callId))
    .onConflictDoNothing()
    .returning({ id: callEvent.id })
}

/** `body` well formed and in NFC, the form the vault insists on. */
export function keptEvent(vault: Writing['vault'], body: string): Pick<IncomingEvent, 'id' | 'bodySealed'> {
  const id = newId<'call-event'>()
  return { id, bodySealed: vault.seal(sealed.callEvent.body, id, body) }
}

function eventRow(
  { organisation: org, now }: Writing,
  event: IncomingEvent,
  callId: string,
): typeof callEvent.$inferInsert {
  return {
    org,
    id: event.id,
    callId,
    environment: event.environment,
    provider: event.provider,
    kind: event.kind,
    dedupeHash: event.dedupeHash,
    bodySealed: event.bodySealed,
    receivedAt: now,
    expiresAt: new Date(now.getTime() + eventLifetimeMs),
  }
}
