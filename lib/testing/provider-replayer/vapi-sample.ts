/** One inbound call, with every field the adapter reads. Small, so that a test can say what must come of it. */
export const VAPI_STARTED_AT = '2026-02-25T06:13:20.000Z'
export const VAPI_ENDED_AT = '2026-02-25T06:14:25.500Z'

export const sampleVapiCall = {
  id: '019a5193-90ae-7fff-b06b-d09a3312294a',
  orgId: 'org_1',
  type: 'inboundPhoneCall',
  createdAt: '2026-02-25T06:13:15.000Z',
  assistantId: 'asst_1',
  phoneCallProvider: 'twilio',
  phoneCallProviderId: 'CA1',
}
const around = {
  assistant: { name: 'Ada', metadata: { campaign: 'march', n: 1, deep: { a: 1 } } },
  customer: { number: '+2348031234567', name: 'Ngozi' },
  phoneNumber: { id: 'pn_1', number: '+2342015550100' },
}

export const sampleVapiMessages = [
  { role: 'system', message: 'You are Ada.', time: 1, secondsFromStart: 0 },
  { role: 'bot', message: 'Hello', time: 1, endTime: 2, secondsFromStart: 0.6004 },
  { role: 'user', message: 'Abeg, my order', time: 1, endTime: 2, secondsFromStart: 1.75 },
  { role: 'tool_calls', message: '', toolCalls: [], time: 1, secondsFromStart: 2 },
  { role: 'tool_call_result', result: '{"order":1}', time: 1, secondsFromStart: 2.5 },
]

/** A message about the sample call, told at this moment of it. */
export function sampleVapi(type: string, more: object = {}, call: object = {}): { message: Record<string, unknown> } {
  return { message: { type, timestamp: 1_772_000_005_000, ...around, ...more, call: { ...sampleVapiCall, ...call } } }
}

export const sampleVapiReport = sampleVapi(
  'end-of-call-report',
  {
    timestamp: 1_772_000_070_000,
    endedReason: 'customer-ended-call',
    startedAt: VAPI_STARTED_AT,
    endedAt: VAPI_ENDED_AT,
    durationMs: 65_500,
    cost: 0.1285,
    costs: [
      { type: 'transport', provider: 'twilio', minutes: 1.09, cost: 0.0125 },
      { type: 'model', cost: 0.0049 },
      { type: 'voice', cost: 0.1111 },
    ],
    artifact: {
      messages: sampleVapiMessages,
      transcript: 'AI: Hello\nUser: Abeg, my order',
      recordingUrl: 'https://storage.example.com/a.wav',
      performanceMetrics: { turnLatencyAverage: 812.4, modelLatencyAverage: 400, transcriberLatencyAverage: null },
    },
    analysis: { summary: 'Asked for an order.', successEvaluation: 'true' },
    compliance: { recordingConsent: { type: 'verbal', grantedAt: '2026-02-25T06:13:24.000Z' } },
  },
  { startedAt: VAPI_STARTED_AT, endedAt: VAPI_ENDED_AT, status: 'ended' },
)
