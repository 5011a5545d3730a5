import { describe, expect, test } from 'vitest'

import {
  sampleAfricasTalkingActive as active,
  sampleAfricasTalkingEnded as ended,
} from '../../../testing/provider-replayer/africastalking-sample.ts'
import { africasTalkingEnding, hangupCauses } from './africastalking-endings.ts'
import { africasTalking } from './africastalking.ts'
import { adapterOf } from './registry.ts'

const aDigest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/)
const read = (form: object, settings = {}) => africasTalking.read(form, settings)
const facts = (more: object, settings = {}) => read({ ...ended, ...more }, settings).facts

test('Africa’s Talking is found by its word, sends forms, and says of itself that nothing signs them', () => {
  expect(adapterOf('africastalking')).toBe(africasTalking)
  expect([africasTalking.body, africasTalking.authenticity({})]).toEqual(['form', 'unsigned'])
})

describe('a call that is over', () => {
  test('is read whole', () => {
    expect(read(ended)).toEqual({
      eventId: aDigest,
      eventType: 'call.ended',
      occurredAt: new Date('2026-11-24T09:00:42Z'),
      facts: {
        externalId: ended.sessionId,
        carrierCallId: ended.sessionId,
        direction: 'inbound',
        caller: '+254711555142',
        number: '+254711082100',
        status: 'completed',
        endedReason: 'unknown',
        endedReasonRaw: 'NORMAL_CLEARING',
        startedAt: new Date('2026-11-24T09:00:00Z'),
        answeredAt: new Date('2026-11-24T09:00:00Z'),
        endedAt: new Date('2026-11-24T09:00:42Z'),
        talkMs: 42_000,
        cost: { amountMinor: 239, currency: 'KES' },
        consent: { state: 'unknown' },
        countries: ['KE'],
      },
    })
  })

  test.each([
    ['2.385', 'KES', { amountMinor: 239, currency: 'KES' }],
    ['12.5', 'UGX', { amountMinor: 13, currency: 'UGX' }],
    ['0', 'NGN', { amountMinor: 0, currency: 'NGN' }],
    ['', 'KES', undefined],
    ['1', '', undefined],
  ])('for %j %j cost so many minor units of that currency', (amount, currencyCode, cost) => {
    expect(facts({ amount, currencyCode })?.cost).toEqual(cost)
  })

  test.each([...hangupCauses])('by %s ended as the table says', (hangupCause, ending) => {
    expect(facts({ hangupCause })).toMatchObject({ ...ending, endedReasonRaw: hangupCause })
  })

  test.each([
    [undefined, 'Completed', 'inbound', 5, 'completed', 'unknown'],
    [undefined, 'NotAnswered', 'outbound', 0, 'no_answer', 'no_answer'],
    [undefined, 'Busy', 'outbound', 0, 'busy', 'busy'],
    [undefined, 'Failed', 'outbound', 0, 'failed', 'provider_error'],
    ['UNSPECIFIED', undefined, 'inbound', 5, 'completed', 'unknown'],
    ['UNSPECIFIED', undefined, 'inbound', 0, 'unknown_end', 'unknown'],
    ['SOMETHING_NEW', 'Completed', 'inbound', 5, 'completed', 'unknown'],
    [undefined, undefined, undefined, 0, 'unknown_end', 'unknown'],
    ['ORIGINATOR_CANCEL', 'Completed', 'inbound', 0, 'canceled', 'caller_hung_up'],
    ['ORIGINATOR_CANCEL', 'Completed', 'outbound', 0, 'canceled', 'agent_hung_up'],
  ] as const)(
    'by %s in state %s, %s, after %s s is %s for %s',
    (cause, state, direction, seconds, status, endedReason) => {
      expect(africasTalkingEnding({ cause, state, direction, seconds })).toEqual({ status, endedReason })
    },
  )

  test('that nobody answered was not talked in, however long it rang', () => {
    const rang = facts({ hangupCause: 'NO_ANSWER', durationInSeconds: '30' })
    expect(rang).not.toHaveProperty('talkMs')
    expect(rang).not.toHaveProperty('answeredAt')
    expect(rang?.endedAt).toEqual(new Date('2026-11-24T09:00:30Z'))
  })
})

describe('a call on its way', () => {
  test('is running, and its keys and cost are not told', () => {
    const event = read({ ...active, dtmfDigits: '4111', amount: '1', currencyCode: 'KES' })
    expect([event.eventType, event.occurredAt]).toEqual(['call.active', new Date('2026-11-24T09:00:00Z')])
    expect(event.facts).toMatchObject({ status: 'in_progress' })
    for (const untold of ['cost', 'endedAt', 'talkMs', 'endedReason']) expect(event.facts).not.toHaveProperty(untold)
    expect(JSON.stringify(event)).not.toContain('4111')
    expect(africasTalking.neverKept).toContain('dtmfDigits')
  })

  test.each(['Ringing', 'Dialing'])('in state %s rings', (callSessionState) => {
    expect(read({ ...active, callSessionState }).facts?.status).toBe('ringing')
  })
})

describe('the caller is the outside party', () => {
  const [outside, ours] = ['+254711555142', '+254711082100']

  test.each(['Inbound', 'Outbound', 'OUTBOUND'])(
    'of a call that is %s: callerNumber is the phone user',
    (direction) => {
      expect(facts({ direction })).toMatchObject({ caller: outside, number: ours, direction: direction.toLowerCase() })
    },
  )

  test('even where the numbers stand the other way round, if we were told which are ours', () => {
    const turned = { direction: 'Outbound', callerNumber: ours, destinationNumber: outside }
    expect(facts(turned, { numbers: [ours] })).toMatchObject({ caller: outside, number: ours })
    expect(facts({}, { numbers: [ours] })).toMatchObject({ caller: outside, number: ours })
    const between = { callerNumber: ours, destinationNumber: '+254711082101' }
    expect(facts(between, { numbers: [ours, '+254711082101'] })).toMatchObject({ caller: ours })
  })

  test('and withheld when nothing stands there', () => {
    expect(facts({ callerNumber: '' })?.caller).toBe('anonymous')
  })
})

describe('a recording', () => {
  test.each([
    ['https://voice.africastalking.com/recordings/a.mp3', true],
    ['https://africastalking.com/a.mp3', true],
    ['http://voice.africastalking.com/a.mp3', false],
    ['https://africastalking.com.evil.example/a.mp3', false],
    ['https://evilafricastalking.com/a.mp3', false],
    ['https://voice.africastalking.com@evil.example/a.mp3', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['not an address', false],
  ])('at %s is kept: %s', (recordingUrl, isKept) => {
    expect(facts({ recordingUrl })?.recordingUrl).toBe(isKept ? recordingUrl : undefined)
  })
})

test('two deliveries of the same fields are the same event, in any order; other fields are another', () => {
  const turned = Object.fromEntries(Object.entries(ended).toReversed())
  expect(read(turned).eventId).toBe(read(ended).eventId)
  expect(read({ ...ended, dtmfDigits: '1' }).eventId).not.toBe(read(ended).eventId)
})
