import { randomUUID } from 'node:crypto'

import type postgres from 'postgres'

/** The same rows in one transaction, as a careful person would write them without a gate: no seal, no trail, no permission. */
export async function rivalIngest(sql: postgres.Sql, org: string, body: RivalCall): Promise<string> {
  return sql.begin(async (tx) => {
    const id = randomUUID()
    const [source] = await tx`insert into rival.call_source (org, environment, provider, external_id_hash, call_id)
      values (${org}, 'live', 'api', ${Buffer.from(body.external_id.padEnd(32).slice(0, 32))}, ${id}) on conflict do nothing returning call_id`
    if (!source) return id
    await tx`insert into rival.call (org, id, environment, provider, external_id_sealed, direction, caller_kind, number, agent, status, started_at, ended_at,
        talk_ms, ended_reason, languages, summary_sealed, cost_minor, cost_currency, transcript_stage, transcript_turns)
      values (${org}, ${id}, 'live', 'api', ${Buffer.from(body.external_id)}, ${body.direction}, 'number', ${body.number}, ${body.agent}, ${body.status},
        ${body.started_at}, ${body.ended_at}, 130000, ${body.ended_reason}, ${body.languages}, ${Buffer.from(body.summary)}, ${body.cost.amount_minor},
        ${body.cost.currency}, 1, ${body.transcript.length})`
    await tx`insert into rival.call_turn ${tx(
      body.transcript.map((turn, seq) => ({
        org,
        id: randomUUID(),
        call_id: id,
        seq,
        role: turn.role,
        at_ms: turn.at_ms,
        text_sealed: Buffer.from(turn.text),
      })),
    )}`
    await tx`insert into rival.call_event (org, id, call_id, environment, provider, kind, dedupe_hash, body_sealed, expires_at)
      values (${org}, ${randomUUID()}, ${id}, 'live', 'api', 'call', ${Buffer.from(body.external_id.padEnd(32).slice(0, 32))}, ${Buffer.from(JSON.stringify(body))}, now())`
    return id
  })
}

export interface RivalCall {
  external_id: string
  direction: string
  number: string
  agent: string
  status: string
  started_at: string
  ended_at: string
  ended_reason: string
  languages: string[]
  summary: string
  cost: { amount_minor: number; currency: string }
  transcript: { role: string; text: string; at_ms: number }[]
}
