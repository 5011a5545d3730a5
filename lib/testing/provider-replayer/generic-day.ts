import { type DayOptions, inOrder, type ProviderDelivery } from './delivery.ts'
import { type MadeCall, madeCalls } from './made-calls.ts'
import { between, hex } from './random.ts'
import type { CallEnd } from './script.ts'

const whys: Record<CallEnd, string> = {
  caller: 'CUSTOMER_LEFT',
  agent: 'ASSISTANT_LEFT',
  transfer: 'PASSED_ON',
  silence: 'NOBODY_SPOKE',
  fault: 'FAULT',
  too_long: 'TIME_UP',
  voicemail: 'MACHINE',
  no_answer: 'NOBODY_PICKED_UP',
  busy: 'ENGAGED',
  declined: 'REFUSED',
  invalid_number: 'NO_SUCH_NUMBER',
}
const states: Partial<Record<CallEnd, string>> = {
  fault: 'BROKEN',
  voicemail: 'MACHINE',
  no_answer: 'MISSED',
  busy: 'ENGAGED',
  declined: 'REFUSED',
  invalid_number: 'BROKEN',
}
const speakers = { a: 'assistant', c: 'customer', t: 'colleague' } as const
const iso = (ms: number): string => new Date(ms).toISOString()

/** A believable day of a telephone system somebody wrote themselves, which puts its callers into names and files too. */
export function genericDay(options: DayOptions): ProviderDelivery[] {
  return inOrder(madeCalls(options).flatMap(eventsOf))
}

function eventsOf(made: MadeCall): ProviderDelivery[] {
  const { script, dialledAt, answeredAt, endedAt, random, pace } = made
  const outside = script.caller ?? 'anonymous'
  const callId = `${outside.replace('+', '')}-${hex(random, 8)}`
  const [from, to] = script.direction === 'inbound' ? [outside, script.agent.number] : [script.agent.number, outside]
  const call = {
    ref: callId,
    leg: { from, to },
    way: script.direction === 'inbound' ? 'IN' : 'OUT',
    desk: script.agent.name,
    began: iso(dialledAt),
    labels: script.metadata ?? {},
  }
  const send = (at: number, name: string, more: object): ProviderDelivery => ({
    at: new Date(at),
    callId,
    event: name,
    body: JSON.stringify({
      id: `ev_${hex(random, 16)}`,
      name,
      sent: Math.round(at) / 1000,
      call: { ...call, ...more },
    }),
  })
  const picked = answeredAt === null ? {} : { picked_up: iso(answeredAt) }
  const state = states[script.end] ?? 'DONE'
  return [
    send(dialledAt, 'call.rings', { state: 'RINGS' }),
    ...(answeredAt === null ? [] : [send(answeredAt, 'call.runs', { state: 'RUNS', ...picked })]),
    send(endedAt, 'call.over', { state, why: whys[script.end], ...picked, over: iso(endedAt) }),
    // Only this one knows what it cost, and does not say who was on the line.
    send(endedAt + between(random, 2_000, 9_000) * pace, 'call.billed', {
      leg: undefined,
      state,
      ...(answeredAt === null ? {} : talkedParts(made, callId)),
    }),
  ]
}

function talkedParts({ script, turns, talkMs, random }: MadeCall, callId: string): object {
  return {
    talk_seconds: talkMs / 1000,
    tongues: [script.language],
    price: { sum: ((talkMs / 60_000) * 42.37).toFixed(4), coin: 'NGN' },
    lag: between(random, 500, 1_600),
    went_well: script.analysis.call_successful,
    note: script.analysis.call_summary,
    file: `https://files.example.com/${callId}.wav`,
    consent: 'asked',
    said: turns.map(({ who, text, start }) => ({ who: speakers[who], text, at: start })),
  }
}

/** How to read it. */
export const genericDayMapping = {
  event_id: 'id',
  event_type: 'name',
  occurred_at: { path: 'sent', format: 'epoch_s' },
  external_id: 'call.ref',
  direction: { path: 'call.way', values: { IN: 'inbound', OUT: 'outbound' } },
  from: 'call.leg.from',
  to: 'call.leg.to',
  agent: 'call.desk',
  status: {
    path: 'call.state',
    values: {
      RINGS: 'ringing',
      RUNS: 'in_progress',
      DONE: 'completed',
      BROKEN: 'failed',
      MACHINE: 'voicemail',
      MISSED: 'no_answer',
      ENGAGED: 'busy',
      REFUSED: 'rejected',
    },
  },
  ended_reason: {
    path: 'call.why',
    values: {
      CUSTOMER_LEFT: 'caller_hung_up',
      ASSISTANT_LEFT: 'agent_hung_up',
      PASSED_ON: 'transferred',
      NOBODY_SPOKE: 'silence',
      FAULT: 'provider_error',
      TIME_UP: 'too_long',
      MACHINE: 'voicemail',
      NOBODY_PICKED_UP: 'no_answer',
      ENGAGED: 'busy',
      REFUSED: 'rejected',
      NO_SUCH_NUMBER: 'invalid_number',
    },
  },
  started_at: { path: 'call.began' },
  answered_at: { path: 'call.picked_up' },
  ended_at: { path: 'call.over' },
  talk: { path: 'call.talk_seconds', unit: 's' },
  languages: 'call.tongues',
  summary: 'call.note',
  success: { path: 'call.went_well', values: { true: true, false: false } },
  consent: { path: 'call.consent', values: { asked: 'given' } },
  cost: { path: 'call.price.sum', unit: 'major', currency_path: 'call.price.coin' },
  latency: { path: 'call.lag', unit: 'ms' },
  recording_url: 'call.file',
  transcript: {
    path: 'call.said',
    role: 'who',
    text: 'text',
    at: { path: 'at', unit: 's' },
    roles: { assistant: 'agent', customer: 'caller', colleague: 'agent' },
  },
  metadata: { campaign: 'call.labels.campaign', crm_phone: 'call.labels.crm_phone' },
}
