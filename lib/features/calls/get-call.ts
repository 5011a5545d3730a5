import { and, eq } from 'drizzle-orm'

import { call } from '#drizzle/schema/call'
import { reconciliation } from '#drizzle/schema/reconciliation'

import { reaches } from '../../guard/allowed.ts'
import { perActor } from '../../guard/limits.ts'
import { query } from '../../guard/use-case.ts'
import { notFound } from '../../kernel/app-error.ts'
import { sealed } from '../../vault/columns.ts'
import { adapterOf } from '../providers/index.ts'
import { type CallRow, showCall } from './call-row.ts'
import { agreesWithLog } from './log-match.ts'
import { CallDetail, OneCall } from './shapes.ts'

/** Everything a call's page shows but the transcript, whose reading is an act of its own. */
export const getCall = query({
  name: 'calls.get',
  allow: 'calls.view',
  limit: perActor(1_200, 'minute'),
  audit: 'none',
  input: OneCall,
  output: CallDetail,
  read: ({ tx, input, organisation }) => [
    tx
      .select()
      .from(call)
      .where(and(eq(call.org, organisation), eq(call.id, input.id))),
    tx
      .select()
      .from(reconciliation)
      .where(and(eq(reconciliation.org, organisation), eq(reconciliation.callId, input.id))),
  ],
  answer(context, [[row], [checked]]) {
    if (!row || !reaches(context.actor, row.environment)) throw notFound()
    const { readable, vault } = context
    return {
      ...showCall(row, context),
      ended_reason_raw: row.endedReasonRaw,
      sentiment: row.sentiment,
      summary: row.summarySealed ? readable(vault.open(sealed.call.summary, row.id, row.summarySealed)) : null,
      consent: row.consentState
        ? { state: row.consentState, type: row.consentType, at: row.consentAt?.toISOString() ?? null }
        : null,
      latency_ms: row.latencyMs,
      countries: row.countries,
      has_recording: row.recordingUrlSealed !== null,
      turn_count: row.transcriptTurns,
      cost_components: (row.costComponents ?? []).map(({ name, amountMinor }) => ({ name, amount_minor: amountMinor })),
      config_version: row.configVersion,
      judged: row.judged,
      reconciliation: isUnsigned(row.provider) ? reconciled(row, checked) : null,
    }
  },
})

const isUnsigned = (kind: string): boolean => adapterOf(kind)?.authenticity({}) === 'unsigned'

/** Compared as the call is now: what was told may have changed since the log was read. */
function reconciled(
  told: CallRow,
  checked: typeof reconciliation.$inferSelect | undefined,
): CallDetail['reconciliation'] {
  if (!checked) return { result: 'not_yet', checked_at: null, talk_ms: null, cost: null }
  const { result, checkedAt, logTalkMs: talkMs, logCostMinor: minor, logCostCurrency: currency } = checked
  const cost = minor === null || currency === null ? null : { amountMinor: minor, currency }
  return {
    result: result === 'absent' ? 'absent' : agreesWithLog(told, { talkMs, cost }) ? 'agrees' : 'differs',
    checked_at: checkedAt.toISOString(),
    talk_ms: talkMs,
    cost: cost && { amount_minor: cost.amountMinor, currency: cost.currency },
  }
}
