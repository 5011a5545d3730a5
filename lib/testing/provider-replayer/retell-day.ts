import { between, hex, randomFrom, type Random } from './random.ts'
import type { Line, Script } from './script.ts'
import { scripts } from './scripts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY_LENGTH = 9 * HOUR

/** One delivery: when Retell would have sent it, and the exact text it would have sent. */
export interface ProviderDelivery {
  at: Date
  callId: string
  event: string
  body: string
}

export interface DayOptions {
  /** The same seed makes the same call ids and the same talk. */
  seed: number
  now: Date
  /** Calls that begin now and end within a minute, instead of a day that is over. */
  live?: boolean
}

/** A believable day of Retell calls that ended just before `now`, every delivery in the order it was sent. */
export function retellDay({ seed, now, live = false }: DayOptions): ProviderDelivery[] {
  const random = randomFrom(seed)
  const deliveries = scripts.flatMap((script, at) => {
    const beganAt = live
      ? now.getTime() + at * 5_000 + between(random, 0, 3_000)
      : now.getTime() -
        DAY_LENGTH +
        Math.floor((at * (DAY_LENGTH - 30 * MINUTE)) / scripts.length) +
        between(random, 0, 10 * MINUTE)
    return deliveriesOf(script, beganAt, random, live ? 0.25 : 1)
  })
  return deliveries.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** A turn as Retell writes it, with a time for every word. `pace` below 1 makes people speak faster than they can. */
function turnsOf(
  lines: readonly Line[],
  pace: number,
): { role: string; content: string; words: { word: string; start: number; end: number }[] }[] {
  const roles = { a: 'agent', c: 'user', t: 'transfer_target' } as const
  let second = 0.6
  return lines.map(([who, content]) => {
    const words = content.split(' ').map((word) => {
      const start = second
      second += 0.4 * pace
      return { word: `${word} `, start: rounded(start), end: rounded(second - 0.05 * pace) }
    })
    second += 0.9 * pace
    return { role: roles[who], content, words }
  })
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000

function deliveriesOf(script: Script, beganAt: number, random: Random, pace: number): ProviderDelivery[] {
  const callId = `call_${hex(random, 27)}`
  const turns = turnsOf(script.lines, pace)
  const connected = script.status !== 'not_connected'
  const lastWord = turns.at(-1)?.words.at(-1)?.end ?? 0
  const talkMs = connected ? Math.round((lastWord + 1.5 * pace) * 1000) : 0
  const endedAt = beganAt + (connected ? talkMs : between(random, 8_000, 25_000))
  const running = { ...partiesOf(script, callId, random), call_status: 'ongoing', start_timestamp: beganAt }
  const ended = {
    ...running,
    call_status: script.status,
    end_timestamp: endedAt,
    duration_ms: talkMs,
    disconnection_reason: script.reason,
    ...(connected
      ? {
          ...connectedFacts(turns, talkMs, random),
          recording_url: `https://recordings.example.com/${callId}/recording.wav`,
        }
      : {}),
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
  const momentOf = (count: number): number => beganAt + Math.round((turns[count - 1]?.words.at(-1)?.end ?? 0) * 1000)
  return [
    ...(connected ? [send(beganAt, 'call_started', running)] : []),
    ...turns.flatMap((_, at) => (at % 2 === 1 ? [send(momentOf(at + 1), 'transcript_updated', heard(at + 1))] : [])),
    ...(script.transferredTo ? transfersOf(send, heard(3), momentOf(3), script.transferredTo) : []),
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

function partiesOf(script: Script, callId: string, random: Random): Record<string, unknown> {
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

function connectedFacts(turns: ReturnType<typeof turnsOf>, talkMs: number, random: Random): Record<string, unknown> {
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
