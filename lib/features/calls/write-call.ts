import { and, eq, type SQL, sql } from 'drizzle-orm'

import { call, callEvent, callSource } from '#drizzle/schema/call'

import type { Context } from '../../guard/use-case.ts'
import type { Environment } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/db/transaction.ts'
import { sealed } from '../../vault/columns.ts'
import { blankRow, type CallRow, callerColumns, columnsFrom, knownOf } from './call-row.ts'
import type { CleanFacts } from './clean-facts.ts'
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
    ...columnsFrom(vault, id, facts, merge(null, facts, event.toldAt, event.dedupeHash), null),
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
    row: await applyFacts({ ...writing, stored, facts, event }),
    isNew: false,
    isDuplicate: false,
    statusBefore: stored.status,
  }
}

/** Merges facts into a call that is locked, and whose event row is already in this transaction. */
export async function applyFacts(
  given: Writing & {
    stored: CallRow
    facts: CleanFacts
    event: Pick<IncomingEvent, 'toldAt' | 'dedupeHash' | 'turns'>
  },
): Promise<CallRow> {
  const { tx, vault, organisation: org, stored, facts, event } = given
  const merged = merge(knownOf(stored), facts, event.toldAt, event.dedupeHash)
  const changes = {
    ...columnsFrom(vault, stored.id, facts, merged, stored),
    ...(merged.takes.has('caller') ? newCaller(given) : {}),
    ...newName(given),
    ...newAgent(given),
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

type Applied = Pick<Parameters<typeof applyFacts>[0], 'vault' | 'stored' | 'facts' | 'masking'>

/** A caller who is told again is not sealed again. */
function newCaller({ vault, stored, facts, masking }: Applied): Partial<CallRow> {
  const columns = callerColumns(vault, stored.id, facts.caller, masking)
  const token = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex')
  const isSame =
    columns.callerKind === stored.callerKind &&
    columns.callerLast3 === stored.callerLast3 &&
    token(columns.callerToken) === token(stored.callerToken)
  return isSame ? {} : columns
}

/** The version that answers is the one published when its agent is first heard of; a call keeps it. */
function newAgent({ stored, facts }: Applied): Record<string, SQL> {
  if (facts.agent === undefined || stored.agent !== null) return {}
  const answering = (column: SQL): SQL =>
    sql`(select ${column} from voice_agent where org = ${stored.org} and lower(name) = lower(${facts.agent}) and published is not null)`
  return { voiceAgentId: answering(sql`id`), configVersion: answering(sql`published`) }
}

/** The first event may not have known whose digits the outside name holds; whichever knows, takes them out. */
function newName({ vault, stored, facts, masking }: Applied): Partial<CallRow> {
  if (!masking || facts.caller?.kind !== 'number' || facts.externalId === '') return {}
  const isSame = vault.open(sealed.call.externalId, stored.id, stored.externalIdSealed) === facts.externalId
  return isSame ? {} : { externalIdSealed: vault.seal(sealed.call.externalId, stored.id, facts.externalId) }
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
