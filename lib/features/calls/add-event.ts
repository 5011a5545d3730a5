import { createHash } from 'node:crypto'

import { and, desc, eq, sql } from 'drizzle-orm'

import { call, callTurn } from '#drizzle/schema/call'

import { reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { command, oncePerTarget, recorded } from '../../guard/use-case.ts'
import { AppError, notFound } from '../../kernel/app-error.ts'
import { exactText } from '../../kernel/clean-text.ts'
import { redactDtmf } from '../../kernel/redaction.ts'
import { type JsonPath, redactJson } from '../../kernel/redaction-json.ts'
import { sealed } from '../../vault/columns.ts'
import { type CallRow, showCall } from './call-row.ts'
import { cleanFacts } from './clean-facts.ts'
import { callEvents } from './events.ts'
import { redactTurns } from './redact-turns.ts'
import { AddedEvent, AddEvent, type CallFacts, type IncomingTurn } from './shapes.ts'
import { sealTurn, turnsStatement } from './turns.ts'
import { applyFacts, insertEvent, type IncomingEvent, keptEvent } from './write-call.ts'

/** `POST /api/v1/calls/{id}/events`: one more thing that happened in a call. The same event again changes nothing. */
export const addEvent = command({
  name: 'calls.add-event',
  allow: 'calls.ingest',
  limit: perActor(12_000, 'minute'),
  audit: oncePerTarget('call.ingested'),
  keepsWords: true,
  input: AddEvent,
  output: AddedEvent,
  async run(context) {
    const { input, actor, tx, organisation: org, vault, now } = context
    if (!actor.organisation) throw notFound()
    const { masking, country } = actor.organisation
    const [stored] = await tx
      .select()
      .from(call)
      .where(and(eq(call.org, org), eq(call.id, input.id)))
      .for('update')
    if (!stored || !reaches(actor, stored.environment)) throw notFound()
    const text = JSON.stringify(input.event)
    const event = {
      environment: stored.environment,
      provider: stored.provider,
      kind: input.event.type,
      dedupeHash: vault.blindHash('event', createHash('sha256').update(`${stored.id}|${text}`).digest('hex')),
      ...keptEvent(vault, storedBody(input.event, masking).toWellFormed().normalize('NFC')),
      turns: [],
      toldAt: input.event.type === 'status' && input.event.at ? new Date(input.event.at) : now,
      externalIdHash: Buffer.alloc(0),
    } satisfies IncomingEvent
    const writing = { ...context, masking }
    const isDuplicate = (await insertEvent(writing, event, stored.id)).length === 0
    const row = isDuplicate ? stored : await apply({ ...writing, stored, input: input.event, country, event })
    return recorded(
      { call: showCall(row, context), is_duplicate: isDuplicate },
      {
        target: row.id,
        isFirst: false,
        ...callEvents({ row, isNew: false, isDuplicate, statusBefore: stored.status }),
      },
    )
  },
})

type Applying = Parameters<typeof applyFacts>[0]
type Writing = Pick<Applying, 'tx' | 'vault' | 'organisation' | 'masking'>

const mostTurns = 2_000
const linesBack = 12

async function apply(given: Omit<Applying, 'facts'> & { input: AddEvent['event']; country: string }): Promise<CallRow> {
  const { input, masking, country } = given
  const facts: CallFacts = { externalId: '', ...factsOf(input) }
  const row = await applyFacts({ ...given, facts: cleanFacts(facts, { masking, country }) })
  const spoken = spokenOf(input)
  return spoken ? addTurn(given, row, spoken) : row
}

/** Adds a line to the transcript. While masking is on, a number read out over this and the lines before it goes from all of them. */
async function addTurn(given: Writing, row: CallRow, spoken: IncomingTurn): Promise<CallRow> {
  const { tx, vault, organisation: org, masking } = given
  if (row.transcriptTurns >= mostTurns) throw new AppError('conflict', 'A call holds at most 2,000 turns.')
  const said = exactText(spoken.text)
  const before = masking ? await lastTurns(given, row.id) : []
  const clean = masking ? redactTurns([...before, { role: spoken.role, text: said }]) : [said]
  const changed = before.flatMap((turn, at) =>
    clean[at] === turn.text ? [] : [{ id: turn.id, text: clean[at] ?? '' }],
  )
  await Promise.all([
    ...changed.map(({ id, text }) =>
      tx
        .update(callTurn)
        .set({ textSealed: vault.seal(sealed.callTurn.text, id, text) })
        .where(and(eq(callTurn.org, org), eq(callTurn.id, id)))
        .execute(),
    ),
    tx.execute(
      turnsStatement(org, row.id, [sealTurn(vault, { ...spoken, text: clean.at(-1) ?? '' })], row.transcriptTurns),
    ),
  ])
  const [counted] = await tx
    .update(call)
    .set({ transcriptTurns: sql`${call.transcriptTurns} + 1` })
    .where(and(eq(call.org, org), eq(call.id, row.id)))
    .returning()
  return counted ?? row
}

/** The lines a number may have begun in, oldest first. */
async function lastTurns(
  { tx, vault, organisation: org }: Writing,
  callId: string,
): Promise<{ id: string; role: string; text: string }[]> {
  const rows = await tx
    .select({ id: callTurn.id, role: callTurn.role, textSealed: callTurn.textSealed })
    .from(callTurn)
    .where(and(eq(callTurn.org, org), eq(callTurn.callId, callId)))
    .orderBy(desc(callTurn.seq))
    .limit(linesBack)
  return rows
    .toReversed()
    .map(({ id, role, textSealed }) => ({ id, role, text: vault.open(sealed.callTurn.text, id, textSealed) }))
}

function factsOf(event: AddEvent['event']): Partial<CallFacts> {
  switch (event.type) {
    case 'status': {
      const at = event.at ? new Date(event.at) : undefined
      const isEnd = event.ended_reason !== undefined || !['queued', 'ringing', 'in_progress'].includes(event.status)
      return {
        status: event.status,
        ...(event.ended_reason ? { endedReason: event.ended_reason } : {}),
        ...(at && isEnd ? { endedAt: at } : {}),
        ...(at && event.status === 'in_progress' ? { answeredAt: at } : {}),
      }
    }
    case 'cost':
      return { cost: { amountMinor: event.cost.amount_minor, currency: event.cost.currency } }
    case 'recording':
      return { recordingUrl: event.recording_url }
    case 'turn':
    case 'tool_call':
    case 'dtmf':
      return {}
  }
}

/** What becomes a line of the transcript. Keys pressed are counted, never written out. */
function spokenOf(event: AddEvent['event']): IncomingTurn | null {
  if (event.type === 'turn') return { role: event.role, text: event.text, atMs: event.at_ms }
  if (event.type === 'tool_call')
    return { role: 'tool', text: event.result ? `${event.name}: ${event.result}` : event.name, atMs: event.at_ms }
  if (event.type === 'dtmf')
    return { role: 'caller', text: `[${redactDtmf(event.digits)} keys pressed]`, atMs: event.at_ms }
  return null
}

/** What was sent, as it may be kept: no keys, which may be a card's; while masking is on no words, which the transcript has, redacted. */
function storedBody(event: AddEvent['event'], masking: boolean): string {
  if (event.type === 'dtmf') return JSON.stringify({ ...event, digits: redactDtmf(event.digits) })
  if (!masking) return JSON.stringify(event)
  if (event.type === 'turn') return JSON.stringify({ type: event.type, role: event.role, at_ms: event.at_ms })
  if (event.type === 'tool_call') return JSON.stringify({ type: event.type, at_ms: event.at_ms })
  // Whose digits its address holds may be told later.
  if (event.type === 'recording') return JSON.stringify({ type: event.type })
  return JSON.stringify(redactJson(event, { keepNumbersAt }).value)
}

const keepNumbersAt = (path: JsonPath): boolean => ['at_ms', 'amount_minor'].includes(String(path.at(-1)))
