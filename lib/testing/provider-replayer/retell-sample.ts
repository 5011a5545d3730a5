/** One call at three moments, with every field the adapter reads. Small, so that a test can say what must come of it. */
export const STARTED_AT_MS = 1_772_000_000_000
export const sampleCall = {
  call_id: 'call_a1b2c3',
  call_type: 'phone_call',
  agent_id: 'agent_1',
  agent_name: 'Ada',
  agent_version: 3,
  agent_tag: null,
  direction: 'inbound',
  from_number: '+2348031234567',
  to_number: '+2342015550100',
  call_status: 'ongoing',
  start_timestamp: STARTED_AT_MS,
  telephony_identifier: { twilio_call_sid: 'CA1' },
  metadata: { campaign: 'march', n: 1, deep: { a: 1 } },
}
export const sampleTurns = [
  { role: 'agent', content: 'Hello', words: [{ word: 'Hello', start: 0.6004, end: 0.9 }] },
  { role: 'user', content: 'Abeg, my order', words: [{ word: 'Abeg,', start: 1.75, end: 2 }] },
  { role: 'transfer_target', content: 'Hauwa here', words: [] },
]
export const sampleEnded = {
  ...sampleCall,
  call_status: 'ended',
  end_timestamp: STARTED_AT_MS + 65_000,
  duration_ms: 65_000,
  disconnection_reason: 'user_hangup',
  transcript_object: sampleTurns,
  recording_url: 'https://recordings.example.com/a.wav',
  latency: { e2e: { p50: 812.4, p90: 1500 }, llm: { p50: 400 }, tts: {}, asr: null, unknown_part: { p50: 9 } },
  call_cost: {
    combined_cost: 12.5,
    total_duration_seconds: 65,
    total_duration_unit_price: 0.19,
    product_costs: [
      { product: 'tts', cost: 7.49 },
      { product: 'llm', cost: 5.01, unit_price: 1 },
    ],
  },
}
export const sampleAnalyzed = {
  ...sampleEnded,
  call_analysis: {
    call_summary: 'Asked for an order.',
    call_successful: true,
    user_sentiment: 'Positive',
    in_voicemail: true,
    custom_analysis_data: {},
  },
}
