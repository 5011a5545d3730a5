import { call, callEvent } from '#drizzle/schema/call'

import { fixedColumns } from '../../platform/db/fixed-columns.ts'
import { send, type Tx } from '../../platform/db/transaction.ts'
import type { CallRow } from './call-row.ts'
import { type SealedTurn, turnArrays } from './turns.ts'

const callColumns = fixedColumns(call, [
  'org',
  'id',
  'environment',
  'provider',
  'externalIdSealed',
  'carrierCallIdSealed',
  'direction',
  'callerKind',
  'callerToken',
  'callerTokenVersion',
  'callerCountry',
  'callerLast3',
  'callerSealed',
  'number',
  'agent',
  'status',
  'statusRaw',
  'endedReason',
  'endedReasonRaw',
  'startedAt',
  'answeredAt',
  'endedAt',
  'talkMs',
  'languages',
  'outcomeSealed',
  'outcomeHash',
  'success',
  'sentiment',
  'summarySealed',
  'consentState',
  'consentType',
  'consentAt',
  'costMinor',
  'costCurrency',
  'costComponents',
  'latencyMs',
  'recordingUrlSealed',
  'metadataSealed',
  'countries',
  'transcriptStage',
  'transcriptTurns',
  'factsAt',
  'told',
  'createdAt',
  'updatedAt',
])
const eventColumns = fixedColumns(callEvent, [
  'org',
  'id',
  'callId',
  'environment',
  'provider',
  'kind',
  'dedupeHash',
  'bodySealed',
  'receivedAt',
  'expiresAt',
])

/** Where our number and the agent's name stand among the statement's values. */
const [numberAt, agentAt] = [19, 20]

// One statement, so that a new call is one round trip: nothing is written when its outside name is taken.
const text = `with source as (
    insert into call_source (org, environment, provider, external_id_hash, call_id) values ($1::uuid, $2, $3, $4, $5::uuid)
    on conflict do nothing returning org, call_id),
  new_call as (insert into call (${callColumns.names}, voice_agent_id, config_version)
    select ${callColumns.placeholders(6)}, v.id, v.published from source
    left join voice_agent v on v.org = source.org and v.published is not null and v.id = coalesce(
      (select voice_agent_id from phone_number where org = source.org and number = $${numberAt}::text),
      (select id from voice_agent where org = source.org and lower(name) = lower($${agentAt}::text)))
    returning id),
  new_event as (insert into call_event (${eventColumns.names}) select ${eventColumns.placeholders(51)} from source on conflict do nothing),
  new_turns as (
    insert into call_turn (org, id, call_id, seq, role, at_ms, text_sealed)
    select source.org, t.id, source.call_id, t.seq, t.role, t.at_ms, t.text::sealed
    from source, unnest($61::uuid[], $62::int[], $63::text[], $64::int[], $65::bytea[]) as t (id, seq, role, at_ms, text))
  select id from new_call`

interface WholeCall {
  row: CallRow
  externalIdHash: Uint8Array
  event: typeof callEvent.$inferInsert
  turns: readonly SealedTurn[]
}

/** Source, call, event and turns at once. False when the outside name already stands for a call. */
export async function insertWholeCall(tx: Tx, { row, externalIdHash, event, turns }: WholeCall): Promise<boolean> {
  const { org, environment, provider, id } = row
  const made = await send<{ id: string }>(tx, text, [
    org,
    environment,
    provider,
    externalIdHash,
    id,
    ...callColumns.values(row),
    ...eventColumns.values(event),
    ...turnArrays(turns, 0),
  ])
  return made.length > 0
}
