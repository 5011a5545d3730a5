import { type DayOptions, inOrder, type ProviderDelivery } from './delivery.ts'
import { type MadeCall, madeCalls, momentOf } from './made-calls.ts'
import { between, hex } from './random.ts'
import type { CallEnd } from './script.ts'

/** Vapi's word for how a call ended. */
const reasons: Record<CallEnd, string> = {
  caller: 'customer-ended-call',
  agent: 'assistant-ended-call',
  transfer: 'assistant-forwarded-call',
  silence: 'silence-timed-out',
  fault: 'call.in-progress.error-providerfault-openai-llm-failed',
  too_long: 'exceeded-max-duration',
  voicemail: 'voicemail',
  no_answer: 'customer-did-not-answer',
  busy: 'customer-busy',
  declined: 'vonage-rejected',
  invalid_number: 'twilio-reported-customer-misdialed',
}
const roles = { a: 'bot', c: 'user', t: 'bot' } as const
const iso = (ms: number): string => new Date(ms).toISOString()

/** A believable day of Vapi calls, every message in the order it was sent. */
export function vapiDay(options: DayOptions): ProviderDelivery[] {
  return inOrder(madeCalls(options).flatMap(messagesOf))
}

function messagesOf(made: MadeCall): ProviderDelivery[] {
  const { script, dialledAt, answeredAt, endedAt, random, pace } = made
  const callId = [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-')
  const shared = sharedParts(made, callId)
  const started = answeredAt === null ? {} : { startedAt: iso(answeredAt) }
  const send = (at: number, type: string, more: object, call: object = {}): ProviderDelivery => ({
    at: new Date(at),
    callId,
    event: type,
    body: JSON.stringify({
      message: { type, timestamp: Math.round(at), ...shared.around, ...more, call: { ...shared.call, ...call } },
    }),
  })
  const status = (at: number, word: string, more: object = {}, call: object = {}) =>
    send(at, 'status-update', { status: word, ...more }, call)
  const endedReason = reasons[script.end]
  const reportAt = endedAt + between(random, 2_000, 7_000) * pace
  return [
    status(dialledAt, script.direction === 'inbound' ? 'ringing' : 'queued'),
    ...(script.direction === 'outbound' ? [status(dialledAt + 400 * pace, 'ringing')] : []),
    ...(answeredAt === null ? [] : talkOf(made, send, status, started)),
    status(endedAt + 40, 'ended', { endedReason }, { ...started, endedAt: iso(endedAt) }),
    send(
      reportAt,
      'end-of-call-report',
      { endedReason, ...started, endedAt: iso(endedAt), durationMs: made.talkMs, ...reportParts(made, callId) },
      { ...started, endedAt: iso(endedAt), status: 'ended' },
    ),
  ]
}

type Send = (at: number, type: string, more: object, call?: object) => ProviderDelivery

/** What Vapi sends while people talk: more than anybody needs. */
function talkOf(made: MadeCall, send: Send, status: Send, started: object): ProviderDelivery[] {
  const { script, answeredAt, endedAt } = made
  const messages = spoken(made)
  const said = made.turns.flatMap((turn, at) => [
    send(momentOf(made, turn) - 200, 'speech-update', { status: 'started', role: roles[turn.who], turn: at }, started),
    send(
      momentOf(made, turn) - 100,
      'transcript',
      { role: roles[turn.who], transcriptType: 'partial', transcript: turn.text.slice(0, 12) },
      started,
    ),
    send(
      momentOf(made, turn),
      'conversation-update',
      { artifact: { messages: messages.slice(0, at + 2) }, messages: messages.slice(0, at + 2) },
      started,
    ),
  ])
  return [
    status(answeredAt ?? 0, 'in-progress', {}, started),
    ...(script.language === 'en'
      ? []
      : [send(momentOf(made, made.turns[1]) + 50, 'language-change-detected', { language: script.language }, started)]),
    ...said,
    ...(script.end === 'silence' ? [send(endedAt - 900, 'hang', {}, started)] : []),
    ...(script.transferredTo
      ? [
          status(
            endedAt - 500,
            'forwarding',
            { destination: { type: 'number', number: script.transferredTo } },
            started,
          ),
          send(endedAt - 400, 'transfer-update', { destination: { number: script.transferredTo } }, started),
        ]
      : []),
  ]
}

function sharedParts({ script, dialledAt, random }: MadeCall, id: string): { around: object; call: object } {
  const { agent, caller, direction } = script
  const isWeb = caller === null
  const phoneNumber = { id: hex(random, 8), number: agent.number, provider: 'twilio' }
  const customer = caller === 'anonymous' ? {} : { number: caller }
  const parties = isWeb ? {} : { phoneNumber, customer }
  return {
    around: { ...parties, assistant: { name: agent.name, metadata: script.metadata ?? {} } },
    call: {
      id,
      orgId: 'org_example',
      type: isWeb ? 'webCall' : direction === 'inbound' ? 'inboundPhoneCall' : 'outboundPhoneCall',
      createdAt: iso(dialledAt),
      updatedAt: iso(dialledAt),
      assistantId: agent.id,
      ...(isWeb ? {} : { ...parties, phoneCallProvider: 'twilio', phoneCallProviderId: `CA${hex(random, 32)}` }),
    },
  }
}

/** The prompt first, then what was said. */
function spoken({ turns, answeredAt }: MadeCall): object[] {
  const from = answeredAt ?? 0
  return [
    { role: 'system', message: 'You are a helpful assistant.', time: from, secondsFromStart: 0 },
    ...turns.map(({ who, text, start, end }) => ({
      role: roles[who],
      message: text,
      time: from + Math.round(start * 1000),
      endTime: from + Math.round(end * 1000),
      secondsFromStart: start,
      duration: Math.round((end - start) * 1000),
    })),
  ]
}

function reportParts(made: MadeCall, callId: string): object {
  const { script, talkMs, random, answeredAt } = made
  if (answeredAt === null) return { cost: 0, costs: [], artifact: { messages: [] }, analysis: {} }
  const minutes = talkMs / 60_000
  const costs = [
    { type: 'transport', provider: 'twilio', minutes, cost: minutes * 0.0085 },
    { type: 'transcriber', minutes, cost: minutes * 0.0102 },
    { type: 'model', cost: minutes * 0.0213 },
    { type: 'voice', cost: minutes * 0.0361 },
    { type: 'vapi', minutes, cost: minutes * 0.05 },
  ]
  return {
    cost: Number(costs.reduce((sum, { cost }) => sum + cost, 0).toFixed(4)),
    costs,
    artifact: {
      messages: spoken(made),
      transcript: made.turns.map(({ who, text }) => `${who === 'c' ? 'User' : 'AI'}: ${text}`).join('\n'),
      recordingUrl: `https://storage.example.com/${callId}-mono.wav`,
      performanceMetrics: {
        turnLatencyAverage: between(random, 800, 1_500) + 0.25,
        modelLatencyAverage: between(random, 300, 700),
        voiceLatencyAverage: between(random, 150, 400),
        transcriberLatencyAverage: between(random, 80, 200),
        endpointingLatencyAverage: between(random, 200, 600),
      },
    },
    analysis: {
      summary: script.analysis.call_summary,
      successEvaluation: String(script.analysis.call_successful),
    },
    ...(script.agent.id.endsWith('zainab')
      ? { compliance: { recordingConsent: { type: 'verbal', grantedAt: iso(answeredAt + 4_000) } } }
      : {}),
  }
}
