import { type DayOptions, inOrder, type ProviderDelivery } from './delivery.ts'
import { type MadeCall, madeCalls, type MadeTurn, momentOf } from './made-calls.ts'
import { between, hex } from './random.ts'
import { type CallEnd, wasAnswered } from './script.ts'

/** Retell's word for how a call ended. */
const reasons: Record<CallEnd, string> = {
  caller: 'user_hangup',
  agent: 'agent_hangup',
  transfer: 'call_transfer',
  silence: 'inactivity',
  fault: 'error_llm_websocket_lost_connection',
  too_long: 'max_duration_reached',
  voicemail: 'voicemail_reached',
  no_answer: 'dial_no_answer',
  busy: 'dial_busy',
  declined: 'user_declined',
  invalid_number: 'invalid_destination',
}
const roles = { a: 'agent', c: 'user', t: 'transfer_target' } as const

/** A believable day of Retell calls, every delivery in the order it was sent. */
export function retellDay(options: DayOptions): ProviderDelivery[] {
  return inOrder(madeCalls(options).flatMap(deliveriesOf))
}

const utterance = ({ who, text: content, words }: MadeTurn) => ({ role: roles[who], content, words })

function deliveriesOf(made: MadeCall): ProviderDelivery[] {
  const { script, endedAt, talkMs, random, pace } = made
  const callId = `call_${hex(random, 27)}`
  const turns = made.turns.map(utterance)
  // A call that never connected began, to Retell, when it was dialled.
  const beganAt = made.answeredAt ?? made.dialledAt
  const running = { ...partiesOf(made, callId), call_status: 'ongoing', start_timestamp: beganAt }
  const isOver = wasAnswered(script.end) ? (script.end === 'fault' ? 'error' : 'ended') : 'not_connected'
  const ended = {
    ...running,
    call_status: isOver,
    end_timestamp: endedAt,
    duration_ms: talkMs,
    disconnection_reason: reasons[script.end],
    ...(made.answeredAt === null
      ? {}
      : {
          ...connectedFacts(made, turns),
          recording_url: `https://recordings.example.com/${callId}/recording.wav`,
        }),
    ...(script.transferredTo ? { transfer_destination: script.transferredTo } : {}),
  }
  const send = (at: number, event: string, call: object): ProviderDelivery => ({
    at: new Date(at),
    callId,
    event,
    body: JSON.stringify({ event, call }),
  })
  const heard = (count: number) => ({
    ...running,
    transcript_object: turns.slice(0, count),
    transcript_with_tool_calls: turns.slice(0, count),
  })
  return [
    ...(made.answeredAt === null ? [] : [send(beganAt, 'call_started', running)]),
    ...made.turns.flatMap((turn, at) =>
      at % 2 === 1 ? [send(momentOf(made, turn), 'transcript_updated', heard(at + 1))] : [],
    ),
    ...(script.transferredTo ? transfersOf(send, heard(3), momentOf(made, made.turns[2]), script.transferredTo) : []),
    send(endedAt, 'call_ended', ended),
    ...(script.transferredTo
      ? [send(endedAt + 200, 'transfer_ended', { ...ended, transfer_end_timestamp: endedAt })]
      : []),
    send(endedAt + between(random, 3_000, 9_000) * pace, 'call_analyzed', { ...ended, call_analysis: script.analysis }),
  ]
}

function transfersOf(
  send: (at: number, event: string, call: object) => ProviderDelivery,
  call: object,
  at: number,
  to: string,
): ProviderDelivery[] {
  const transfer = { ...call, transfer_destination: to, transfer_option: { type: 'warm_transfer' } }
  return [send(at + 100, 'transfer_started', transfer), send(at + 400, 'transfer_bridged', transfer)]
}

function partiesOf({ script, random }: MadeCall, callId: string): Record<string, unknown> {
  const { agent, caller, direction } = script
  const always = {
    call_id: callId,
    agent_id: agent.id,
    agent_name: agent.name,
    agent_version: 3,
    metadata: script.metadata ?? {},
  }
  if (caller === null) return { ...always, call_type: 'web_call', access_token: 'example' }
  const [from, to] = direction === 'inbound' ? [caller, agent.number] : [agent.number, caller]
  return {
    ...always,
    call_type: 'phone_call',
    direction,
    from_number: from,
    to_number: to,
    telephony_identifier: { twilio_call_sid: `CA${hex(random, 32)}` },
  }
}

function connectedFacts({ random, talkMs }: MadeCall, turns: ReturnType<typeof utterance>[]): Record<string, unknown> {
  const percentiles = (least: number, most: number) => {
    const p50 = between(random, least, most)
    return {
      p50,
      p90: Math.round(p50 * 1.6),
      p95: Math.round(p50 * 1.9),
      p99: Math.round(p50 * 2.4),
      min: Math.round(p50 / 2),
      max: p50 * 3,
      num: turns.length,
    }
  }
  const seconds = Math.ceil(talkMs / 1000)
  const voice = seconds * 0.1166
  const model = seconds * 0.05
  return {
    transcript: turns.map(({ role, content }) => `${role === 'user' ? 'User' : 'Agent'}: ${content}`).join('\n'),
    transcript_object: turns,
    transcript_with_tool_calls: turns,
    latency: {
      e2e: percentiles(700, 1400),
      llm: percentiles(300, 700),
      tts: percentiles(150, 400),
      asr: percentiles(80, 200),
    },
    call_cost: {
      combined_cost: voice + model,
      total_duration_seconds: seconds,
      total_duration_unit_price: 0.1666,
      product_costs: [
        { product: 'elevenlabs_tts', cost: voice, unit_price: 0.1166 },
        { product: 'gpt_4_1', cost: model, unit_price: 0.05 },
      ],
    },
    opt_in_signed_url: false,
    data_storage_setting: 'everything',
  }
}
