import { describe, expect, test } from 'vitest'

import {
  sampleVapi,
  sampleVapiCall as call,
  sampleVapiMessages as messages,
  sampleVapiReport as report,
  VAPI_ENDED_AT,
  VAPI_STARTED_AT,
} from '../../../testing/provider-replayer/vapi-sample.ts'
import { adapterOf } from './registry.ts'
import { vapi } from './vapi.ts'

const facts = (type: string, more: object = {}, about: object = {}) =>
  vapi.read(sampleVapi(type, more, about), {}).facts
const startedAt = VAPI_STARTED_AT
const at = (text: string) => new Date(text)
const turns = [
  { role: 'agent', text: 'Hello', atMs: 600 },
  { role: 'caller', text: 'Abeg, my order', atMs: 1750 },
]
const always = {
  externalId: call.id,
  carrierCallId: 'CA1',
  agent: 'Ada',
  direction: 'inbound',
  caller: '+2348031234567',
  number: '+2342015550100',
  startedAt: at(call.createdAt),
  metadata: { campaign: 'march', n: 1, vapi_assistant_id: 'asst_1' },
  consent: { state: 'unknown' },
  countries: ['US'],
}

describe('each message says what it knows', () => {
  test('end-of-call-report: everything', () => {
    expect(vapi.read(report, {})).toEqual({
      eventId: null,
      eventType: 'end-of-call-report',
      occurredAt: new Date(1_772_000_070_000),
      facts: {
        ...always,
        status: 'completed',
        endedReason: 'caller_hung_up',
        endedReasonRaw: 'customer-ended-call',
        answeredAt: at(VAPI_STARTED_AT),
        endedAt: at(VAPI_ENDED_AT),
        talkMs: 65_500,
        cost: {
          amountMinor: 13,
          currency: 'USD',
          components: [
            { name: 'transport', amountMinor: 1 },
            { name: 'model', amountMinor: 0 },
            { name: 'voice', amountMinor: 11 },
          ],
        },
        latencyMs: { e2e: 812, llm: 400 },
        recordingUrl: 'https://storage.example.com/a.wav',
        summary: 'Asked for an order.',
        success: true,
        consent: { state: 'given', type: 'verbal', at: at('2026-02-25T06:13:24.000Z') },
        transcript: { stage: 3, turns },
      },
    })
  })

  test.each([
    ['scheduled', 'queued'],
    ['queued', 'queued'],
    ['ringing', 'ringing'],
    ['in-progress', 'in_progress'],
    ['forwarding', 'in_progress'],
  ])('status-update, %s: %s', (word, status) => {
    const read = facts('status-update', { status: word })
    expect(read?.status).toBe(status)
    expect(read).not.toHaveProperty('endedReason')
    expect(read).not.toHaveProperty('cost')
  })

  test('status-update, in-progress: somebody picked up, at the latest now', () => {
    expect(facts('status-update', { status: 'in-progress' })).toEqual({
      ...always,
      status: 'in_progress',
      answeredAt: new Date(1_772_000_005_000),
    })
    expect(facts('status-update', { status: 'in-progress' }, { startedAt })?.answeredAt).toEqual(at(startedAt))
  })

  test('status-update, ended: the same ending the report tells, and no cost yet', () => {
    const ended = { status: 'ended', endedReason: 'customer-ended-call', artifact: { messages } }
    expect(facts('status-update', ended, { startedAt, endedAt: VAPI_ENDED_AT })).toEqual({
      ...always,
      status: 'completed',
      endedReason: 'caller_hung_up',
      endedReasonRaw: 'customer-ended-call',
      answeredAt: at(startedAt),
      endedAt: at(VAPI_ENDED_AT),
      transcript: { stage: 2, turns },
    })
  })

  test.each(['not-found', 'deletion-failed', 'a-new-word'])('status-update, %s: passes visibly', (status) => {
    const read = facts('status-update', { status })
    expect(read).toMatchObject({ statusRaw: status })
    expect(read).not.toHaveProperty('status')
  })

  test('conversation-update and a whole sentence: the talk so far', () => {
    const running = { ...always, status: 'in_progress', answeredAt: at(startedAt) }
    for (const more of [{ messages }, { artifact: { messages } }])
      expect(facts('conversation-update', more, { startedAt })).toEqual({
        ...running,
        transcript: { stage: 1, turns },
      })
    const final = { role: 'user', transcriptType: 'final', transcript: 'Abeg', artifact: { messages } }
    for (const type of ['transcript', 'transcript[transcriptType="final"]'])
      expect(facts(type, final, { startedAt })?.transcript).toEqual({ stage: 1, turns })
  })

  test('assistant-request: it rings', () => {
    expect(facts('assistant-request')).toEqual({ ...always, status: 'ringing' })
  })

  test('language-change-detected: in what they talk', () => {
    expect(facts('language-change-detected', { language: 'pcm' })?.languages).toEqual(['pcm'])
    expect(facts('language-change-detected', { language: 'whatever it was' })).not.toHaveProperty('languages')
  })

  test.each([
    'hang',
    'speech-update',
    'model-output',
    'tool-calls',
    'user-interrupted',
    'voice-input',
    'transfer-destination-request',
    'knowledge-base-request',
    'phone-call-control',
    'assistant.speechStarted',
    'chat.created',
    'session.updated',
    'call.deleted',
    'something-new',
  ])('%s is acknowledged and nothing is stored, whatever it carries', (type) => {
    const acknowledged = { eventId: null, eventType: type, occurredAt: null, facts: null }
    expect(vapi.read(sampleVapi(type), {})).toEqual(acknowledged)
    expect(vapi.read({ message: { type, call: 'whatever' } }, {})).toEqual(acknowledged)
  })

  test('half a sentence, and a message about no call, are acknowledged too', () => {
    expect(facts('transcript', { transcriptType: 'partial', transcript: 'Ab' })).toBeNull()
    expect(vapi.read({ message: { type: 'conversation-update', chat: {}, messages } }, {}).facts).toBeNull()
    expect(vapi.read({ message: { type: 'status-update', status: 'ended', call: null } }, {}).facts).toBeNull()
  })

  test('the name of a message that is not a word is not repeated', () => {
    for (const type of ['+2348031234567', 'call 0803', 'a\nb', '<b>', 'x'.repeat(61)])
      expect(vapi.read({ message: { type } }, {}).eventType).toBe('unrecognised')
  })

  test('a message without a time is as old as what it tells of, never as new as its arrival', () => {
    const read = (about: object) =>
      vapi.read(sampleVapi('conversation-update', { timestamp: null }, about), {}).occurredAt
    expect(read({ startedAt })).toEqual(at(startedAt))
    expect(read({})).toEqual(at(call.createdAt))
    expect(read({ schedulePlan: { earliestAt: 'x' } })).toBeNull()
  })
})

describe('the caller is the outside party', () => {
  test('whichever way the call went: Vapi calls them the customer', () => {
    expect(facts('assistant-request', {}, { type: 'outboundPhoneCall' })).toMatchObject({
      direction: 'outbound',
      caller: '+2348031234567',
      number: '+2342015550100',
    })
  })

  test('who stands in the call when nobody stands in the message', () => {
    const own = { customer: { number: '+2348039999999' }, phoneNumber: { number: '+2342015550199' } }
    expect(facts('assistant-request', { customer: null, phoneNumber: null }, own)).toMatchObject({
      caller: '+2348039999999',
      number: '+2342015550199',
    })
  })

  test.each([[null], [{}], [{ number: null }], [{ number: '' }], [{ number: ' ' }], [{ number: 'anonymous' }]])(
    'one who calls in without a number (%j) is withheld',
    (customer) => {
      expect(facts('assistant-request', { customer })).toMatchObject({ caller: 'anonymous' })
    },
  )

  test('nobody is guessed for a call going out', () => {
    const read = facts('assistant-request', { customer: {} }, { type: 'outboundPhoneCall' })
    expect(read).not.toHaveProperty('caller')
    expect(facts('assistant-request', {}, { type: null })).not.toHaveProperty('direction')
  })

  test('over SIP they are an address, and so may we be', () => {
    const parties = {
      customer: { sipUri: 'sip:+2348031234567@pbx.example' },
      phoneNumber: { sipUri: 'sip:ada@sip.vapi.ai' },
    }
    expect(facts('assistant-request', parties)).toMatchObject({
      caller: 'sip:+2348031234567@pbx.example',
      number: 'sip:ada@sip.vapi.ai',
    })
  })

  test.each(['webCall', 'vapi.websocketCall', 'something new'])('a %s has no number, whatever it claims', (type) => {
    const read = facts('assistant-request', {}, { type })
    expect(read).toMatchObject({ direction: 'inbound', caller: 'anonymous' })
    expect(read).not.toHaveProperty('number')
  })
})

test('a hook’s word finds its adapter', () => {
  expect(adapterOf('vapi')).toBe(vapi)
})
