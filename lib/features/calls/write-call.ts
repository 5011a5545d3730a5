import { and, eq, sql } from 'drizzle-orm'

import { call, callEvent, callSource } from '#drizzle/schema/call'

import type { Context } from '../../guard/use-case.ts'
import type { Environment } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { blankRow, type CallRow, callerColumns, columnsFrom } from './call-row.ts'
import type { CleanFacts } from './clean-facts.ts'
import { merge, unknownCall } from './merge.ts'
import { insertWholeCall } from './insert-whole-call.ts'
import { turnsStatement } from './turns.ts'

/** How long what a provider sent is kept, sealed, for finding out why a call looks as it does. */
const eventLifetimeMs = 7 * 24 * 3_600_000

export interface IncomingEvent {
  environment: Environment
  provider: string
  kind: string
  /** Keyed hash that makes a second delivery of the same event a duplicate. */
  dedupeHash: Uint8Array
  /** Already redacted while masking is on. */
  body: string
  toldAt: Date
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
  const isNew = await insertWholeCall(writing, {
    row,
    externalIdHash: event.externalIdHash,
    event: eventRow(writing, event, row.id),
    turns: facts.transcript?.turns ?? [],
  })
  return isNew ? { row, isNew, isDuplicate: false, statusBefore: null } : mergeCall(writing, event, facts)
}

function newRow({ vault, organisation: org, masking, now }: Writing, event: IncomingEvent, facts: CleanFacts): CallRow {
  const id = newId<'call'>()
  const known = unknownCall(facts, event.toldAt)
  return {
    ...blankRow,
    ...known,
    org,
    id,
    environment: event.environment,
    provider: event.provider,
    externalIdSealed: vault.seal(sealed.call.externalId, id, facts.externalId),
    direction: facts.direction ?? 'inbound',
    ...callerColumns(vault, id, facts.caller, masking),
    createdAt: now,
    ...columnsFrom(vault, id, facts, merge(known, facts, event.toldAt), null),
    updatedAt: now,
  }
}

async function mergeCall(writing: Writing, event: IncomingEvent, facts: CleanFacts): Promise<Written> {
  const { tx, vault, organisation: org, masking } = writing
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
    row: await applyFacts({ ...writing, stored, facts, toldAt: event.toldAt, masking, vault }),
    isNew: false,
    isDuplicate: false,
    statusBefore: stored.status,
  }
}

/** Merges facts into a call that is locked, and whose event row is already in this transaction. */
export async function applyFacts(
  given: Writing & { stored: CallRow; facts: CleanFacts; toldAt: Date },
): Promise<CallRow> {
  const { tx, vault, organisation: org, stored, facts, toldAt, masking } = given
  const merged = merge(stored, facts, toldAt)
  const isCallerNews =
    facts.caller !== undefined && stored.callerKind === 'withheld' && facts.caller.kind !== 'withheld'
  const changes = {
    ...columnsFrom(vault, stored.id, facts, merged, stored),
    ...(isCallerNews ? callerColumns(vault, stored.id, facts.caller, masking) : {}),
  }
  const turns = merged.takesTranscript ? (facts.transcript?.turns ?? []) : []
  const [[row]] = await Promise.all([
    tx
      .update(call)
      .set(changes)
      .where(and(eq(call.org, org), eq(call.id, stored.id)))
      .returning(),
    ...(merged.takesTranscript
      ? [tx.execute(sql`delete from call_turn where org = ${org} and call_id = ${stored.id}`)]
      : []),
    ...(turns.length > 0 ? [tx.execute(turnsStatement(vault, org, stored.id, turns))] : []),
  ])
  if (!row) throw new Error('an updated call was not returned')
  return row
}

/** One row, or none when this very event was here before. */
export function insertEvent(writing: Writing, event: IncomingEvent, callId: string) {
  return writing.tx
    .insert(callEvent)
    .values(eventRow(writing, event, callId))
    .onConflictDoNothing()
    .returning({ id: callEvent.id })
}

function eventRow(
  { vault, organisation: org, now }: Writing,
  event: IncomingEvent,
  callId: string,
): typeof callEvent.$inferInsert {
  const id = newId<'call-event'>()
  return {
    org,
    id,
    callId,
    environment: event.environment,
    provider: event.provider,
    kind: event.kind,
    dedupeHash: event.dedupeHash,
    bodySealed: vault.seal(sealed.callEvent.body, id, event.body.toWellFormed().normalize('NFC')),
    receivedAt: now,
    expiresAt: new Date(now.getTime() + eventLifetimeMs),
  }
}
