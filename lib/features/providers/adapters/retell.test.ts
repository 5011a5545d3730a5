import { describe, expect, test } from 'vitest'

import {
  sampleAnalyzed as analyzed,
  sampleCall as call,
  sampleEnded as ended,
  sampleTurns as transcript_object,
  STARTED_AT_MS as STARTED,
} from '../../../testing/provider-replayer/retell-sample.ts'
import { adapterOf } from './registry.ts'
import { retell } from './retell.ts'

const heard = (body: unknown) => retell.read(body, {})
const facts = (event: string, body: object) => heard({ event, call: body }).facts
const turns = [
  { role: 'agent', text: 'Hello', atMs: 600 },
  { role: 'caller', text: 'Abeg, my order', atMs: 1750 },
  { role: 'agent', text: 'Hauwa here', atMs: 1750 },
]
const always = {
  externalId: 'call_a1b2c3',
  carrierCallId: 'CA1',
  agent: 'Ada',
  direction: 'inbound',
  caller: '+2348031234567',
  number: '+2342015550100',
  startedAt: new Date(STARTED),
  metadata: { campaign: 'march', n: 1, retell_agent_id: 'agent_1' },
  consent: { state: 'unknown' },
  countries: ['US'],
}
const running = { ...always, status: 'in_progress', answeredAt: new Date(STARTED) }
const over = {
  ...always,
  status: 'completed',
  endedReason: 'caller_hung_up',
  endedReasonRaw: 'user_hangup',
  answeredAt: new Date(STARTED),
  endedAt: new Date(STARTED + 65_000),
  talkMs: 65_000,
  recordingUrl: 'https://recordings.example.com/a.wav',
  latencyMs: { e2e: 812, llm: 400 },
  cost: {
    amountMinor: 13,
    currency: 'USD',
    components: [
      { name: 'tts', amountMinor: 7 },
      { name: 'llm', amountMinor: 5 },
    ],
  },
}

describe('each event says what it knows', () => {
  test('call_started: the call is on', () => {
    expect(heard({ event: 'call_started', call })).toEqual({
      eventId: null,
      eventType: 'call_started',
      occurredAt: new Date(STARTED),
      facts: running,
    })
  })

  test('transcript_updated: the first stage of the transcript, nothing that is still changing', () => {
    const read = heard({
      event: 'transcript_updated',
      call: { ...ended, call_status: 'ongoing', transcript_object },
    })
    expect(read).toEqual({
      eventId: null,
      eventType: 'transcript_updated',
      occurredAt: new Date(STARTED),
      facts: { ...running, transcript: { stage: 1, turns } },
    })
  })

  test.each(['transfer_started', 'transfer_bridged', 'transfer_cancelled'])('%s: the call goes on', (event) => {
    expect(facts(event, { ...call, transfer_destination: '+2348095550199' })).toEqual(running)
  })

  test('transfer_ended: it happened when the transfer ended', () => {
    const read = heard({ event: 'transfer_ended', call: { ...call, transfer_end_timestamp: STARTED + 9 } })
    expect(read).toEqual({
      eventId: null,
      eventType: 'transfer_ended',
      occurredAt: new Date(STARTED + 9),
      facts: running,
    })
  })

  test('call_ended: the ending, cost, latency and the second stage', () => {
    expect(heard({ event: 'call_ended', call: ended })).toEqual({
      eventId: null,
      eventType: 'call_ended',
      occurredAt: new Date(STARTED + 65_000),
      facts: { ...over, transcript: { stage: 2, turns } },
    })
  })

  test('call_analyzed: the same and what was made of it; a guess at voicemail changes no ending', () => {
    expect(facts('call_analyzed', analyzed)).toEqual({
      ...over,
      transcript: { stage: 3, turns },
      summary: 'Asked for an order.',
      success: true,
      sentiment: 'positive',
    })
  })

  test('a last transcript of a call that is over leaves the ending to call_ended', () => {
    expect(facts('transcript_updated', ended)).toEqual({ ...always, transcript: { stage: 1, turns } })
  })

  test.each(['chat_started', 'call_something_new', 'agent.updated'])(
    '%s is acknowledged and nothing is stored',
    (event) => {
      expect(heard({ event, call: 'whatever' })).toEqual({
        eventId: null,
        eventType: event,
        occurredAt: null,
        facts: null,
      })
    },
  )

  test('an event name that is not a word is not repeated', () => {
    expect(heard({ event: '+2348031234567' }).eventType).toBe('unrecognised')
    expect(heard({ event: 'toString' }).eventType).toBe('unrecognised')
  })
})

describe('the caller is the outside party', () => {
  test('whichever way the call went', () => {
    expect(facts('call_started', call)).toMatchObject({ caller: '+2348031234567', number: '+2342015550100' })
    expect(facts('call_started', { ...call, direction: 'outbound' })).toMatchObject({
      direction: 'outbound',
      caller: '+2342015550100',
      number: '+2348031234567',
    })
  })

  test('a call in a browser has no number, whatever the body claims', () => {
    const web = facts('call_started', { ...call, call_type: 'web_call' })
    expect(web).toMatchObject({ direction: 'inbound', caller: 'anonymous' })
    expect(web).not.toHaveProperty('number')
  })

  test('without a direction nobody is guessed', () => {
    const unknown = facts('call_started', { ...call, direction: null })
    expect(unknown).not.toHaveProperty('caller')
    expect(unknown).not.toHaveProperty('number')
  })

  test('an empty number is a withheld one', () => {
    expect(facts('call_started', { ...call, from_number: '' })).toMatchObject({ caller: 'anonymous' })
  })
})

describe('status words', () => {
  test.each([
    ['registered', { status: 'queued' }],
    ['ongoing', { status: 'in_progress' }],
    ['ended', { status: undefined }],
    ['not_connected', { status: undefined }],
    ['error', { status: undefined }],
    ['paused', { status: undefined, statusRaw: 'paused' }],
  ])('while running, %s', (call_status, expected) => {
    const read = facts('transfer_started', { ...call, call_status })
    expect({ status: read?.status, statusRaw: read?.statusRaw }).toEqual({ statusRaw: undefined, ...expected })
  })

  test.each([
    ['dial_no_answer', 'no_answer', 'no_answer'],
    ['dial_busy', 'busy', 'busy'],
    ['dial_failed', 'failed', 'provider_error'],
    ['invalid_destination', 'failed', 'invalid_number'],
    ['user_declined', 'rejected', 'rejected'],
    ['marked_as_spam', 'failed', 'blocked'],
    ['no_valid_payment', 'failed', 'blocked'],
    ['concurrency_limit_reached', 'failed', 'blocked'],
    ['telephony_provider_permission_denied', 'failed', 'provider_error'],
    ['sip_routing_error', 'failed', 'provider_error'],
    ['registered_call_timeout', 'no_answer', 'no_answer'],
    ['error_user_not_joined', 'no_answer', 'no_answer'],
  ])('%s was never answered, by either of the two events that tell of it', (disconnection_reason, status, reason) => {
    const unconnected = { ...ended, call_status: 'not_connected', disconnection_reason, duration_ms: 0 }
    for (const event of ['call_ended', 'call_analyzed']) {
      const read = facts(event, { ...unconnected, transcript_object: [], recording_url: '' })
      expect(read).toMatchObject({ status, endedReason: reason, endedReasonRaw: disconnection_reason })
      for (const name of ['answeredAt', 'talkMs', 'recordingUrl', 'transcript']) expect(read).not.toHaveProperty(name)
    }
  })

  test('an unknown status passes visibly, and the call has still ended', () => {
    expect(facts('call_ended', { ...ended, call_status: 'archived', disconnection_reason: null })).toMatchObject({
      status: 'unknown_end',
      statusRaw: 'archived',
      endedReason: 'unknown',
    })
  })
})

describe('money, transcripts and recordings', () => {
  test.each([
    [0, 0],
    [0.49, 0],
    [0.5, 1],
    [12.5, 13],
    [12.499, 12],
    [1e-9, 0],
  ])('%d cents cost %d', (combined_cost, amountMinor) => {
    expect(facts('call_ended', { ...ended, call_cost: { combined_cost } })?.cost).toEqual({
      amountMinor,
      currency: 'USD',
    })
  })

  test('without a transcript_object the spoken part of the one with tools is read, tools and keys pressed are not', () => {
    const transcript_with_tool_calls = [
      transcript_object[0],
      { role: 'tool_call_invocation', name: 'find', arguments: '{}', tool_call_id: 't' },
      { role: 'tool_call_result', content: 'x'.repeat(30_000), tool_call_id: 't' },
      { role: 'dtmf', digit: '5' },
      { role: 'node_transition', former_node_id: 'a' },
      transcript_object[1],
    ]
    expect(facts('transcript_updated', { ...call, transcript_with_tool_calls })?.transcript).toEqual({
      stage: 1,
      turns: turns.slice(0, 2),
    })
  })

  test('text that a database cannot hold is made storable', () => {
    const read = facts('call_ended', { ...ended, transcript_object: [{ role: 'user', content: 'a\0b\ud800c' }] })
    expect(read?.transcript?.turns[0]?.text).toBe('ab\ufffdc')
  })

  test.each([
    'http://recordings.example.com/a.wav',
    'ftp://recordings.example.com/a.wav',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('a recording at %j is left out and the call is kept', (recording_url) => {
    expect(facts('call_ended', { ...ended, recording_url })).not.toHaveProperty('recordingUrl')
  })

  test('a recording without personal data stands in when there is no other', () => {
    expect(
      facts('call_ended', {
        ...ended,
        recording_url: undefined,
        scrubbed_recording_url: 'https://recordings.example.com/s.wav',
      })?.recordingUrl,
    ).toBe('https://recordings.example.com/s.wav')
  })
})

test('a hook’s word finds its adapter, another word finds none', () => {
  expect(adapterOf('retell')).toBe(retell)
  expect(adapterOf('bland')).toBeNull()
  expect(adapterOf('__proto__')).toBeNull()
})
