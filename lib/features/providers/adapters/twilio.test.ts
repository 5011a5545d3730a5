import { describe, expect, test } from 'vitest'

import { normalise } from '../../../kernel/phone-number.ts'
import {
  sampleTwilioCompleted as completed,
  sampleTwilioRecording as recording,
} from '../../../testing/provider-replayer/twilio-sample.ts'
import { adapterOf } from './registry.ts'
import { twilioEnding } from './twilio-endings.ts'
import { twilio } from './twilio.ts'

const aDigest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/)
const read = (form: object, settings = {}) => twilio.read(form, settings)
const facts = (form: object) => read({ ...completed, ...form }).facts

test('Twilio is found by its word, sends forms and signs them', () => {
  expect(adapterOf('twilio')).toBe(twilio)
  expect([twilio.body, twilio.authenticity({})]).toEqual(['form', 'signed'])
})

describe('a call that is over', () => {
  test('is read whole', () => {
    expect(read(completed)).toEqual({
      eventId: aDigest,
      eventType: 'call.completed',
      occurredAt: new Date('2026-11-24T09:01:00Z'),
      facts: {
        externalId: completed.CallSid,
        carrierCallId: completed.CallSid,
        direction: 'inbound',
        caller: '+2348035550142',
        number: '+2342017000100',
        status: 'completed',
        endedReason: 'unknown',
        endedReasonRaw: 'completed',
        startedAt: new Date('2026-11-24T09:00:18Z'),
        answeredAt: new Date('2026-11-24T09:00:18Z'),
        endedAt: new Date('2026-11-24T09:01:00Z'),
        talkMs: 42_000,
        consent: { state: 'unknown' },
        countries: ['US'],
      },
    })
  })

  test('has no price: Twilio tells that later, and elsewhere', () => {
    expect(facts({ Price: '-0.01', PriceUnit: 'USD' })).not.toHaveProperty('cost')
  })

  test('was handled where the region says it was', () => {
    expect(read(completed, { region: 'ie1' }).facts?.countries).toEqual(['IE'])
    expect(read(completed, { region: 'au1' }).facts?.countries).toEqual(['AU'])
    expect(read(completed, { region: 'mars' }).facts?.countries).toEqual(['US'])
    expect(twilio.countriesFor?.({ region: 'ie1' })).toEqual(['IE'])
  })

  test.each([
    ['completed', undefined, undefined, 'completed', 'unknown'],
    ['completed', undefined, 'human', 'completed', 'unknown'],
    ['completed', undefined, 'machine_end_beep', 'voicemail', 'voicemail'],
    ['busy', 486, undefined, 'busy', 'busy'],
    ['no-answer', 487, undefined, 'no_answer', 'no_answer'],
    ['canceled', 487, undefined, 'canceled', 'caller_hung_up'],
    ['failed', 404, undefined, 'failed', 'invalid_number'],
    ['failed', 484, undefined, 'failed', 'invalid_number'],
    ['failed', 603, undefined, 'rejected', 'rejected'],
    ['failed', 403, undefined, 'failed', 'blocked'],
    ['failed', 480, undefined, 'no_answer', 'no_answer'],
    ['failed', 503, undefined, 'failed', 'provider_error'],
    ['failed', undefined, undefined, 'failed', 'provider_error'],
  ])('as %s with SIP %s, answered by %s, is %s for %s', (status, sipCode, answeredBy, ours, endedReason) => {
    expect(twilioEnding({ status, direction: 'inbound', sipCode, answeredBy })).toEqual({ status: ours, endedReason })
  })

  test('that we gave up ourselves was not hung up by the person called', () => {
    const canceled = { status: 'canceled', direction: 'outbound', sipCode: 487, answeredBy: undefined } as const
    expect(twilioEnding(canceled)?.endedReason).toBe('agent_hung_up')
  })

  test('keeps its SIP answer in what is told of its end', () => {
    expect(facts({ CallStatus: 'failed', SipResponseCode: '404', CallDuration: '0' })).toMatchObject({
      status: 'failed',
      endedReasonRaw: 'failed (SIP 404)',
    })
    expect(facts({ CallStatus: 'busy', CallDuration: '0' })).not.toHaveProperty('talkMs')
    expect(facts({ CallStatus: 'busy', CallDuration: '0' })).not.toHaveProperty('answeredAt')
  })

  test('in a word we do not know is shown as it came, and ends nothing', () => {
    const read = facts({ CallStatus: 'evaporated' })
    expect(read).toMatchObject({ statusRaw: 'evaporated' })
    expect(read).not.toHaveProperty('status')
  })
})

describe('a call on its way', () => {
  const running = { CallDuration: '', SipResponseCode: '', Timestamp: 'Tue, 24 Nov 2026 09:00:10 +0000' }
  const at = new Date('2026-11-24T09:00:10Z')

  test.each([
    ['queued', 'queued'],
    ['initiated', 'queued'],
    ['ringing', 'ringing'],
    ['in-progress', 'in_progress'],
  ])('%s is %s', (CallStatus, status) => {
    const event = read({ ...completed, ...running, CallStatus })
    expect(event.eventType).toBe(`call.${CallStatus.replace('-', '_')}`)
    expect(event.facts).toMatchObject({ status, startedAt: at })
    expect(event.facts).not.toHaveProperty('endedAt')
    expect(event.facts?.answeredAt).toEqual(status === 'in_progress' ? at : undefined)
  })

  test('without a time of its own tells none', () => {
    const event = read({ ...completed, ...running, CallStatus: 'ringing', Timestamp: '' })
    expect(event.occurredAt).toBeNull()
    expect(event.facts).not.toHaveProperty('startedAt')
  })
})

describe('the caller is the outside party', () => {
  test.each([
    ['inbound', '+2348035550142', '+2342017000100'],
    ['outbound-api', '+2342017000100', '+2348035550142'],
    ['trunking-originating', '+2348035550142', '+2342017000100'],
    ['trunking-terminating', '+2342017000100', '+2348035550142'],
  ])('of a call that is %s', (Direction, From, To) => {
    expect(facts({ Direction, From, To })).toMatchObject({ caller: '+2348035550142', number: '+2342017000100' })
  })

  test('and of a forwarded leg no outside number passes for ours', () => {
    const leg = facts({
      Direction: 'outbound-dial',
      From: '+2348035550142',
      To: '+2348035550199',
      ParentCallSid: 'CA2',
    })
    expect(leg).toMatchObject({ direction: 'outbound', caller: '+2348035550199' })
    expect(leg).not.toHaveProperty('number')
  })

  test.each([
    ['', 'withheld'],
    ['Anonymous', 'withheld'],
    ['+266696687', 'withheld'],
    ['+7378742833', 'withheld'],
    ['+8656696', 'withheld'],
    ['client:front_desk', 'withheld'],
    ['sip:ada@sip.example', 'sip'],
    ['sip:+2348035550142@sip.example;transport=tls', 'number'],
    ['12345', 'short_code'],
  ])('written as %j is %s', (From, kind) => {
    expect(normalise(facts({ From })?.caller ?? 'none', 'NG').kind).toBe(kind)
  })

  test('of no direction that we know is not guessed', () => {
    const read = facts({ Direction: 'sideways' })
    expect(read).not.toHaveProperty('caller')
    expect(read).not.toHaveProperty('direction')
  })
})

describe('a recording', () => {
  test('that is done is where it lies, how long it is and what it is called', () => {
    const { eventType, occurredAt, facts: read_ } = read(recording)
    expect([eventType, occurredAt]).toEqual(['recording.completed', new Date('2026-11-24T09:00:19Z')])
    expect(read_).toEqual({
      externalId: recording.CallSid,
      carrierCallId: recording.CallSid,
      recordingUrl: recording.RecordingUrl,
      metadata: { recording_sid: recording.RecordingSid, recording_seconds: 41 },
      consent: { state: 'unknown' },
      countries: ['US'],
    })
  })

  test.each(['in-progress', 'absent', 'failed'])('that is %s is nowhere', (RecordingStatus) => {
    const told = read({ ...recording, RecordingStatus, RecordingDuration: '-1' }).facts
    expect(told).not.toHaveProperty('recordingUrl')
    expect(told).not.toHaveProperty('metadata')
  })

  test('that comes along with the end of its call is the same recording', () => {
    const { RecordingSid, RecordingUrl, RecordingDuration } = recording
    expect(facts({ RecordingSid, RecordingUrl, RecordingDuration })).toMatchObject({
      status: 'completed',
      recordingUrl: RecordingUrl,
      metadata: { recording_sid: RecordingSid, recording_seconds: 41 },
    })
  })

  test('at an address that is not https is left out, its call is not', () => {
    expect(facts({ RecordingUrl: 'http://192.0.2.1/x' })).not.toHaveProperty('recordingUrl')
  })
})

describe('two deliveries are the same event', () => {
  const id = (form: object) => read(form).eventId

  test('when one signature covers both, however they are written', () => {
    const turned = Object.fromEntries(Object.entries(completed).toReversed())
    expect(id(turned)).toBe(id(completed))
    expect(id({ ...completed, Called: [completed.Called, completed.Called] })).toBe(id(completed))
    // Names and values run into each other in what is signed, so a boundary can be moved without another signature.
    const { CallDuration, ...rest } = completed
    expect(id({ ...rest, CallDurati: `on${CallDuration}` })).toBe(id(completed))
  })

  test('and not when anything that is signed differs', () => {
    expect(id({ ...completed, SequenceNumber: '4' })).not.toBe(id(completed))
    expect(id({ ...completed, Unheard: 'of' })).not.toBe(id(completed))
  })
})

test('what is no call of Twilio’s is acknowledged, and nothing of it kept', () => {
  const nothing = { eventId: null, eventType: 'unrecognised', occurredAt: null, facts: null }
  for (const form of [{}, { StatusCallbackEvent: 'participant-join', ConferenceSid: 'CF1' }, { CallSid: 'CA1' }])
    expect(read(form)).toEqual(nothing)
})
