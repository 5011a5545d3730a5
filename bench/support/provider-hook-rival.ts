import { randomUUID } from 'node:crypto'

import type postgres from 'postgres'

export interface RivalEvent {
  event: string
  call: {
    call_id: string
    agent_name: string
    from_number: string
    to_number: string
    start_timestamp: number
    end_timestamp: number
    duration_ms: number
    recording_url: string
    transcript_object: { role: 'agent' | 'user'; content: string; words: { start: number }[] }[]
    call_cost: { combined_cost: number }
    call_analysis: { call_summary: string; call_successful: boolean }
  }
}

const time = (ms: number): string => new Date(ms).toISOString()

/** The same rows from the same request, as a careful person would write them without a gate: no signature, no seal, no trail. */
export async function rivalHook(sql: postgres.Sql, org: string, request: Request): Promise<Response> {
  const text = await request.text()
  const body = JSON.parse(text) as RivalEvent // the bench made it
  const { call } = body
  const hash = Buffer.from(call.call_id.padEnd(32).slice(0, 32))
  await sql.begin(async (tx) => {
    const id = randomUUID()
    const [source] = await tx`insert into rival.call_source (org, environment, provider, external_id_hash, call_id)
      values (${org}, 'live', 'retell', ${hash}, ${id}) on conflict do nothing returning call_id`
    if (!source) return
    await tx`insert into rival.call (org, id, environment, provider, external_id_sealed, direction, caller_kind, number, agent, status, started_at,
        answered_at, ended_at, talk_ms, ended_reason, summary_sealed, recording_url_sealed, success, cost_minor, cost_currency, countries,
        transcript_stage, transcript_turns)
      values (${org}, ${id}, 'live', 'retell', ${Buffer.from(call.call_id)}, 'inbound', 'number', ${call.to_number}, ${call.agent_name}, 'completed',
        ${time(call.start_timestamp)}, ${time(call.start_timestamp)}, ${time(call.end_timestamp)}, ${call.duration_ms}, 'caller_hung_up',
        ${Buffer.from(call.call_analysis.call_summary)}, ${Buffer.from(call.recording_url)}, ${call.call_analysis.call_successful},
        ${Math.round(call.call_cost.combined_cost)}, 'USD', ${['US']}, 3, ${call.transcript_object.length})`
    await tx`insert into rival.call_turn ${tx(
      call.transcript_object.map((turn, seq) => ({
        org,
        id: randomUUID(),
        call_id: id,
        seq,
        role: turn.role === 'user' ? 'caller' : 'agent',
        at_ms: Math.round((turn.words[0]?.start ?? 0) * 1000),
        text_sealed: Buffer.from(turn.content),
      })),
    )}`
    await tx`insert into rival.call_event (org, id, call_id, environment, provider, kind, dedupe_hash, body_sealed, expires_at)
      values (${org}, ${randomUUID()}, ${id}, 'live', 'retell', ${body.event}, ${hash}, ${Buffer.from(text)}, now())`
  })
  return Response.json({ received: true })
}
