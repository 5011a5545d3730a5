import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { AppError } from '../../../kernel/app-error.ts'
import { redactJson } from '../../../kernel/redaction-json.ts'
import { adapterOf } from './registry.ts'
import { retell } from './retell.ts'

const STARTED = 1_772_000_000_000
const call = {
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
  start_timestamp: STARTED,
  telephony_identifier: { twilio_call_sid: 'CA1' },
  metadata: { campaign: 'march', n: 1, deep: { a: 1 } },
}
const transcript_object = [
  { role: 'agent', content: 'Hello', words: [{ word: 'Hello', start: 0.6004, end: 0.9 }] },
  { role: 'user', content: 'Abeg, my order', words: [{ word: 'Abeg,', start: 1.75, end: 2 }] },
  { role: 'transfer_target', content: 'Hauwa here', words: [] },
]
const ended = {
  ...call,
  call_status: 'ended',
  end_timestamp: STARTED + 65_000,
  duration_ms: 65_000,
  disconnection_reason: 'user_hangup',
  transcript_object,
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
const analyzed = {
  ...ended,
  call_analysis: {
    call_summary: 'Asked for an order.',
    call_successful: true,
    user_sentiment: 'Positive',
    in_voicemail: true,
    custom_analysis_data: {},
  },
}

const facts = (event: string, body: object) => retell.read({ event, call: body }).facts
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
    expect(retell.read({ event: 'call_started', call })).toEqual({
      eventId: null,
      eventType: 'call_started',
      occurredAt: new Date(STARTED),
      facts: running,
    })
  })

  test('transcript_updated: the first stage of the transcript, nothing that is still changing', () => {
    const read = retell.read({
      event: 'transcript_updated',
      call: { ...ended, call_status: 'ongoing', transcript_object },
    })
    expect(read).toEqual({
      eventId: null,
      eventType: 'transcript_updated',
      occurredAt: null,
      facts: { ...running, transcript: { stage: 1, turns } },
    })
  })

  test.each(['transfer_started', 'transfer_bridged', 'transfer_cancelled'])('%s: the call goes on', (event) => {
    expect(facts(event, { ...call, transfer_destination: '+2348095550199' })).toEqual(running)
  })

  test('transfer_ended: it happened when the transfer ended', () => {
    const read = retell.read({ event: 'transfer_ended', call: { ...call, transfer_end_timestamp: STARTED + 9 } })
    expect(read).toEqual({
      eventId: null,
      eventType: 'transfer_ended',
      occurredAt: new Date(STARTED + 9),
      facts: running,
    })
  })

  test('call_ended: the ending, cost, latency and the second stage', () => {
    expect(retell.read({ event: 'call_ended', call: ended })).toEqual({
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
      expect(retell.read({ event, call: 'whatever' })).toEqual({
        eventId: null,
        eventType: event,
        occurredAt: null,
        facts: null,
      })
    },
  )

  test('an event name that is not a word is not repeated', () => {
    expect(retell.read({ event: '+2348031234567' }).eventType).toBe('unrecognised')
    expect(retell.read({ event: 'toString' }).eventType).toBe('unrecognised')
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
    ['dial_no_answer', 'no_answer'],
    ['dial_busy', 'busy'],
    ['user_declined', 'rejected'],
    ['invalid_destination', 'failed'],
  ])('%s was never answered', (disconnection_reason, status) => {
    const read = facts('call_ended', { ...ended, call_status: 'not_connected', disconnection_reason, duration_ms: 0 })
    expect(read?.status).toBe(status)
    expect(read).not.toHaveProperty('answeredAt')
    expect(read).not.toHaveProperty('talkMs')
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

describe('bodies that are not what Retell sends', () => {
  const fieldsOf = (body: unknown): Record<string, string> => {
    try {
      retell.read(body)
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_input') return error.fields ?? {}
      throw error
    }
    return {}
  }

  test.each<[string, unknown]>([
    ['call.call_id', { ...call, call_id: 7 }],
    ['call.call_id', { ...call, call_id: '' }],
    ['call.call_id', { ...call, call_id: undefined }],
    ['call.call_id', { ...call, call_id: 'a b' }],
    ['call.from_number', { ...call, from_number: 2348031234567 }],
    ['call.direction', { ...call, direction: 'sideways' }],
    ['call.start_timestamp', { ...call, start_timestamp: '1772000000000' }],
    ['call.start_timestamp', { ...call, start_timestamp: 1e99 }],
    ['call.start_timestamp', { ...call, start_timestamp: -1 }],
    ['call.duration_ms', { ...call, duration_ms: -5 }],
    ['call.call_status', { ...call, call_status: {} }],
    ['call.transcript_object', { ...call, transcript_object: 'Agent: hi' }],
    [
      'call.transcript_object.1.content',
      { ...call, transcript_object: [transcript_object[0], { role: 'user', content: 5 }] },
    ],
    [
      'call.transcript_object.0.words.0.start',
      { ...call, transcript_object: [{ role: 'user', content: 'a', words: [{ start: '0.1' }] }] },
    ],
    ['call.call_cost.combined_cost', { ...call, call_cost: { combined_cost: '12' } }],
    ['call.call_cost.combined_cost', { ...call, call_cost: { combined_cost: -1 } }],
    ['call.latency.e2e.p50', { ...call, latency: { e2e: { p50: 'fast' } } }],
    ['call.call_analysis.call_successful', { ...call, call_analysis: { call_successful: 'yes' } }],
    ['call.disconnection_reason', { ...call, disconnection_reason: 4 }],
    ['call', undefined],
    ['call', 'text'],
    ['call', []],
  ])('%s is named', (field, broken) => {
    expect(Object.keys(fieldsOf({ event: 'call_ended', call: broken }))).toEqual([field])
  })

  test.each<[unknown]>([
    [null],
    [undefined],
    ['call_ended'],
    [7],
    [[]],
    [{}],
    [{ event: 5 }],
    [{ event: null }],
    [{ event: '' }],
  ])('%j names what is wrong', (body) => {
    expect(Object.keys(fieldsOf(body))).toHaveLength(1)
  })

  test('an error never repeats what was sent', () => {
    const fields = fieldsOf({
      event: 'call_ended',
      call: { ...call, direction: '08031234567', start_timestamp: '08031234567', call_id: '0803 1234567' },
    })
    expect(Object.keys(fields)).toHaveLength(3)
    expect(JSON.stringify(fields)).not.toContain('0803')
  })

  test('a field of any type in any place never throws anything but AppError', () => {
    const names = Object.keys(analyzed)
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 3 }),
        fc.constantFrom('call_ended', 'call_analyzed', 'call_started', 'transcript_updated'),
        (name, value, event) => {
          expect(fieldsOf({ event, call: { ...analyzed, [name]: value } })).toBeTypeOf('object')
        },
      ),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(fieldsOf(body)).toBeTypeOf('object')
      }),
      { numRuns: 1_000 },
    )
  })

  const vectors = join(process.env['VECTORS_DIR'] ?? '../shared/vectors', 'text/blns.json')
  if (!existsSync(vectors))
    process.emitWarning(`VECTORS ABSENT: ${vectors}. The big list of naughty strings was NOT tried.`)
  test.skipIf(!existsSync(vectors))('the big list of naughty strings, in every text', () => {
    const list = z.array(z.string()).parse(JSON.parse(readFileSync(vectors, 'utf8')))
    const texts = [
      'call_id',
      'call_type',
      'call_status',
      'agent_id',
      'agent_name',
      'direction',
      'from_number',
      'to_number',
      'disconnection_reason',
      'recording_url',
      'metadata',
      'transcript_object',
      'start_timestamp',
    ]
    for (const text of list) {
      fieldsOf(text)
      fieldsOf({ event: text, call })
      for (const name of texts) fieldsOf({ event: 'call_ended', call: { ...ended, [name]: text } })
      const said = facts('call_analyzed', {
        ...analyzed,
        transcript_object: [{ role: 'user', content: text }],
        call_analysis: { call_summary: text },
        metadata: { note: text },
      })
      expect(said?.externalId).toBe('call_a1b2c3')
    }
    expect(list.length).toBeGreaterThan(400)
  })
})

describe('a raw event kept without numbers', () => {
  test('keeps its times, lengths and costs, and nothing that could be dialled', () => {
    const body = {
      event: 'call_analyzed',
      call: { ...analyzed, metadata: { cost: 8031234567, phone: '0803 123 4567' } },
    }
    const { value } = redactJson(body, { keepNumbersAt: retell.keepNumbersAt })
    const text = JSON.stringify(value)
    expect(text).toContain(`"start_timestamp":${STARTED}`)
    expect(text).toContain('"combined_cost":12.5')
    expect(text).not.toMatch(/1234567|803/)
  })
})

test('a hook’s word finds its adapter, another word finds none', () => {
  expect(adapterOf('retell')).toBe(retell)
  expect(adapterOf('vapi')).toBeNull()
  expect(adapterOf('__proto__')).toBeNull()
})
