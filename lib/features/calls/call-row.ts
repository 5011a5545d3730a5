import type { call } from '#drizzle/schema/call'

import type { Context } from '../../guard/use-case.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { byTail, nameless } from './caller-digits.ts'
import type { CleanFacts } from './clean-facts.ts'
import { type Known, type Merged, replaceable, type Replaceable } from './merge.ts'
import { showCaller } from './policy.ts'
import { EndedReason, type ShownCall } from './shapes.ts'

export type CallRow = typeof call.$inferSelect
type Changes = Partial<CallRow>

/** Nothing known yet. */
export const blankRow = {
  carrierCallIdSealed: null,
  number: null,
  agent: null,
  statusRaw: null,
  endedReason: null,
  endedReasonRaw: null,
  talkMs: null,
  outcomeSealed: null,
  outcomeHash: null,
  success: null,
  sentiment: null,
  summarySealed: null,
  consentState: null,
  consentType: null,
  consentAt: null,
  costMinor: null,
  costCurrency: null,
  costComponents: null,
  latencyMs: null,
  recordingUrlSealed: null,
  metadataSealed: null,
  judged: [],
  judgedAt: null,
  judgedBy: null,
  tagIds: null,
  followUp: null,
  assignedTo: null,
  transcriptStage: 0,
  transcriptTurns: 0,
  told: {},
  voiceAgentId: null,
  configVersion: null,
  oldestKeyVersion: null,
} satisfies Partial<CallRow>

/** What a merge must know of a stored call. */
export function knownOf(row: CallRow): Known {
  const has = new Set<Replaceable>(['status', 'direction'])
  const known: Partial<Record<Replaceable, unknown>> = {
    endedReason: row.endedReason,
    endedReasonRaw: row.endedReasonRaw,
    caller: row.callerKind === 'withheld' ? null : row.callerKind,
    number: row.number,
    agent: row.agent,
    statusRaw: row.statusRaw,
    talkMs: row.talkMs,
    success: row.success,
    sentiment: row.sentiment,
    latencyMs: row.latencyMs,
    cost: row.costMinor,
    consent: row.consentState,
    carrierCallId: row.carrierCallIdSealed,
    outcome: row.outcomeSealed,
    summary: row.summarySealed,
    recordingUrl: row.recordingUrlSealed,
    metadata: row.metadataSealed,
    transcript: row.transcriptStage + row.transcriptTurns || null,
  }
  for (const field of replaceable) if ((known[field] ?? null) !== null) has.add(field)
  return { ...row, has }
}

/** The columns these facts set, sealed. `merged` decided which of them hold against what is stored. */
export function columnsFrom(
  vault: Vault,
  callId: string,
  facts: CleanFacts,
  merged: Merged,
  stored: CallRow | null,
): Changes & Omit<Merged, 'takes'> {
  const { takes, ...always } = merged
  const seal = (column: (typeof sealed.call)[keyof typeof sealed.call], text: string) =>
    vault.seal(column, callId, text)
  const changes: Changes & typeof always = { ...always, updatedAt: new Date() }
  if (facts.direction && takes.has('direction')) changes.direction = facts.direction
  if (facts.number !== undefined && takes.has('number')) changes.number = facts.number
  if (facts.agent !== undefined && takes.has('agent')) changes.agent = facts.agent
  if (facts.statusRaw !== undefined && takes.has('statusRaw')) changes.statusRaw = facts.statusRaw
  if (facts.endedReason && takes.has('endedReason')) changes.endedReason = facts.endedReason
  if (facts.endedReasonRaw && takes.has('endedReasonRaw')) changes.endedReasonRaw = facts.endedReasonRaw
  if (facts.talkMs !== undefined && takes.has('talkMs')) changes.talkMs = facts.talkMs
  // What a person said about a call, no event takes back.
  const isJudged = (field: CallRow['judged'][number]): boolean => stored?.judged.includes(field) ?? false
  if (facts.success !== undefined && !isJudged('success') && takes.has('success')) changes.success = facts.success
  if (facts.sentiment !== undefined && takes.has('sentiment')) changes.sentiment = facts.sentiment
  if (facts.latencyMs !== undefined && takes.has('latencyMs')) changes.latencyMs = facts.latencyMs
  if (facts.cost && takes.has('cost')) {
    changes.costMinor = facts.cost.amountMinor
    changes.costCurrency = facts.cost.currency
    changes.costComponents = facts.cost.components ?? null
  }
  if (facts.consent && takes.has('consent')) {
    changes.consentState = facts.consent.state
    changes.consentType = facts.consent.type ?? null
    changes.consentAt = facts.consent.at ?? null
  }
  if (facts.carrierCallId && takes.has('carrierCallId'))
    changes.carrierCallIdSealed = seal(sealed.call.carrierCallId, facts.carrierCallId)
  if (facts.outcome && !isJudged('outcome') && takes.has('outcome'))
    Object.assign(changes, outcomeColumns(vault, callId, facts.outcome))
  if (facts.summary && takes.has('summary')) changes.summarySealed = seal(sealed.call.summary, facts.summary)
  if (facts.recordingUrl && takes.has('recordingUrl'))
    changes.recordingUrlSealed = seal(sealed.call.recordingUrl, facts.recordingUrl)
  if (facts.metadata && takes.has('metadata'))
    changes.metadataSealed = seal(sealed.call.metadata, JSON.stringify(facts.metadata).normalize('NFC'))
  if (facts.transcript && takes.has('transcript')) {
    changes.transcriptStage = facts.transcript.stage
    changes.transcriptTurns = facts.transcript.turns.length
  }
  return changes
}

/** An outcome sealed, and its hash: equal for equal words however they are spaced and capitalised, so that a list can be of one. */
export function outcomeColumns(
  vault: Vault,
  callId: string,
  text: string,
): Pick<CallRow, 'outcomeSealed' | 'outcomeHash'> {
  if (text === '') return { outcomeSealed: null, outcomeHash: null }
  const words = text.trim().replaceAll(/\s+/g, ' ').toLowerCase().normalize('NFC')
  return {
    outcomeSealed: vault.seal(sealed.call.outcome, callId, text),
    outcomeHash: vault.blindHash('outcome', words),
  }
}

const e164 = /^\+[1-9]\d{6,14}$/

/** Token (for numbers that have a full international form), country and last three; the digits themselves only while masking is off, sealed and bound to the token. */
export function callerColumns(vault: Vault, callId: string, caller: CleanFacts['caller'], masking: boolean) {
  if (caller?.kind !== 'number') {
    return {
      callerKind: caller?.kind ?? ('withheld' as const),
      callerToken: null,
      callerTokenVersion: null,
      callerCountry: null,
      callerLast3: null,
      callerSealed: null,
    }
  }
  const known = e164.test(caller.e164) ? vault.callerToken(caller.e164) : null
  const callerToken = known && Buffer.from(known.token, 'base64url')
  return {
    callerKind: 'number' as const,
    callerToken,
    callerTokenVersion: known?.version ?? null,
    callerCountry: caller.country,
    callerLast3: caller.last3,
    callerSealed: masking ? null : vault.seal(sealed.call.caller, callId, caller.e164, callerToken ?? undefined),
  }
}

export type ListedRow = Pick<
  CallRow,
  | 'id'
  | 'environment'
  | 'externalIdSealed'
  | 'provider'
  | 'status'
  | 'statusRaw'
  | 'direction'
  | 'callerKind'
  | 'callerToken'
  | 'callerCountry'
  | 'callerLast3'
  | 'callerSealed'
  | 'number'
  | 'agent'
  | 'startedAt'
  | 'answeredAt'
  | 'endedAt'
  | 'talkMs'
  | 'endedReason'
  | 'languages'
  | 'outcomeSealed'
  | 'success'
  | 'costMinor'
  | 'costCurrency'
  | 'tagIds'
  | 'followUp'
  | 'assignedTo'
>

/** A stored call as this actor may see it. */
export function showCall(
  row: ListedRow,
  context: Pick<Context<unknown>, 'actor' | 'maySeeDigits' | 'readable' | 'vault'>,
): ShownCall {
  const { vault, readable, actor, maySeeDigits } = context
  const open = (column: (typeof sealed.call)[keyof typeof sealed.call], value: Uint8Array | null): string | null =>
    value ? readable(vault.open(column, row.id, value)) : null
  const digits =
    row.callerSealed && maySeeDigits && actor.kind === 'api_key'
      ? vault.open(sealed.call.caller, row.id, row.callerSealed, row.callerToken ?? undefined)
      : null
  return {
    id: row.id,
    environment: row.environment,
    external_id: actor.kind === 'api_key' ? outsideName(row, context) : null,
    provider: row.provider,
    status: row.status,
    status_raw: row.statusRaw,
    direction: row.direction,
    caller: showCaller(row, context, digits),
    number: row.number,
    agent: row.agent,
    started_at: row.startedAt.toISOString(),
    answered_at: row.answeredAt?.toISOString() ?? null,
    ended_at: row.endedAt?.toISOString() ?? null,
    talk_ms: row.talkMs,
    ended_reason: row.endedReason === null ? null : EndedReason.catch('unknown').parse(row.endedReason),
    languages: row.languages,
    outcome: open(sealed.call.outcome, row.outcomeSealed),
    success: row.success,
    cost:
      row.costMinor !== null && row.costCurrency !== null
        ? { amount_minor: row.costMinor, currency: row.costCurrency }
        : null,
    tags: row.tagIds ?? [],
    follow_up: row.followUp && { state: row.followUp, assigned_to: row.assignedTo },
  }
}

/** The client's own id as it was stored. While masking is off it may hold the caller's digits, which not every key may see. */
function outsideName(
  row: ListedRow,
  { vault, maySeeDigits }: Pick<Context<unknown>, 'vault' | 'maySeeDigits'>,
): string {
  const name = vault.open(sealed.call.externalId, row.id, row.externalIdSealed)
  if (maySeeDigits || !row.callerSealed) return name
  const e164 = vault.open(sealed.call.caller, row.id, row.callerSealed, row.callerToken ?? undefined)
  return nameless(name, byTail(e164))
}
