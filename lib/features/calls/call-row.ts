import type { call } from '#drizzle/schema/call'

import type { Context } from '../../guard/use-case.ts'
import { sealed } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { type CleanFacts, nameless } from './clean-facts.ts'
import type { Merged } from './merge.ts'
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
  success: null,
  sentiment: null,
  summarySealed: null,
  consentType: null,
  consentAt: null,
  costMinor: null,
  costCurrency: null,
  costComponents: null,
  latencyMs: null,
  recordingUrlSealed: null,
  metadataSealed: null,
  oldestKeyVersion: null,
} satisfies Partial<CallRow>

/** The columns these facts set, sealed. `merged` decides which of them win over what is stored. */
export function columnsFrom(
  vault: Vault,
  callId: string,
  facts: CleanFacts,
  merged: Merged,
  stored: CallRow | null,
): Changes {
  const seal = (column: (typeof sealed.call)[keyof typeof sealed.call], text: string) =>
    vault.seal(column, callId, text)
  const wins = (now: unknown): boolean => merged.isNewer || now === null || now === undefined
  const changes: Changes = {
    status: merged.status,
    startedAt: merged.startedAt,
    answeredAt: merged.answeredAt,
    endedAt: merged.endedAt,
    languages: merged.languages,
    countries: merged.countries,
    factsAt: merged.factsAt,
    updatedAt: new Date(),
  }
  if (facts.direction && wins(stored?.direction)) changes.direction = facts.direction
  if (facts.number !== undefined && wins(stored?.number)) changes.number = facts.number
  if (facts.agent !== undefined && wins(stored?.agent)) changes.agent = facts.agent
  if (facts.statusRaw !== undefined && wins(stored?.statusRaw)) changes.statusRaw = facts.statusRaw
  const endingWins = (now: string | null | undefined): boolean => merged.takesEnding || (merged.fillsEnding && !now)
  if (facts.endedReason && endingWins(stored?.endedReason)) changes.endedReason = facts.endedReason
  if (facts.endedReasonRaw && endingWins(stored?.endedReasonRaw)) changes.endedReasonRaw = facts.endedReasonRaw
  if (facts.talkMs !== undefined && wins(stored?.talkMs)) changes.talkMs = facts.talkMs
  if (facts.success !== undefined && wins(stored?.success)) changes.success = facts.success
  if (facts.sentiment !== undefined && wins(stored?.sentiment)) changes.sentiment = facts.sentiment
  if (facts.latencyMs !== undefined && wins(stored?.latencyMs)) changes.latencyMs = facts.latencyMs
  if (facts.cost && wins(stored?.costMinor)) {
    changes.costMinor = facts.cost.amountMinor
    changes.costCurrency = facts.cost.currency
    changes.costComponents = facts.cost.components ?? null
  }
  if (facts.consent && merged.takesConsent) {
    changes.consentState = facts.consent.state
    changes.consentType = facts.consent.type ?? null
    changes.consentAt = facts.consent.at ?? null
  }
  if (facts.carrierCallId && wins(stored?.carrierCallIdSealed))
    changes.carrierCallIdSealed = seal(sealed.call.carrierCallId, facts.carrierCallId)
  if (facts.outcome && wins(stored?.outcomeSealed)) changes.outcomeSealed = seal(sealed.call.outcome, facts.outcome)
  if (facts.summary && wins(stored?.summarySealed)) changes.summarySealed = seal(sealed.call.summary, facts.summary)
  if (facts.recordingUrl && wins(stored?.recordingUrlSealed))
    changes.recordingUrlSealed = seal(sealed.call.recordingUrl, facts.recordingUrl)
  if (facts.metadata && wins(stored?.metadataSealed))
    changes.metadataSealed = seal(sealed.call.metadata, JSON.stringify(facts.metadata).normalize('NFC'))
  if (facts.transcript && merged.takesTranscript) {
    changes.transcriptStage = facts.transcript.stage
    changes.transcriptTurns = facts.transcript.turns.length
  }
  return changes
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
  return nameless(name, e164)
}
