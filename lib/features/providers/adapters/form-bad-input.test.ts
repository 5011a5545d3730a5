import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { AppError } from '../../../kernel/app-error.ts'
import {
  sampleAfricasTalkingActive,
  sampleAfricasTalkingEnded,
} from '../../../testing/provider-replayer/africastalking-sample.ts'
import { sampleTwilioCompleted, sampleTwilioRecording } from '../../../testing/provider-replayer/twilio-sample.ts'
import { naughtyStrings } from '../../../testing/vectors.ts'
import { africasTalking } from './africastalking.ts'
import type { Adapter } from './port.ts'
import { twilio } from './twilio.ts'

/** What a form was refused for, or null for one that was read; anything thrown that is no refusal of ours falls through. */
function refusalOf(adapter: Adapter, form: unknown): Record<string, string> | null {
  try {
    adapter.read(form, {})
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error.fields ?? {}
    throw error
  }
}

describe('a form of Twilio’s with a wrong field is refused by that field’s name', () => {
  const completed = (more: object) => ({ ...sampleTwilioCompleted, ...more })
  test.each<[string, unknown]>([
    ['CallSid', completed({ CallSid: '' })],
    ['CallSid', completed({ CallSid: 'CA 1' })],
    ['CallSid', completed({ CallSid: 'C'.repeat(201) })],
    ['CallSid', completed({ CallSid: ['CA1', 'CA2'] })],
    ['CallSid', { CallStatus: 'completed' }],
    ['CallStatus', completed({ CallStatus: ['completed', 'failed'] })],
    ['CallDuration', completed({ CallDuration: '-1' })],
    ['CallDuration', completed({ CallDuration: '1e3' })],
    ['CallDuration', completed({ CallDuration: '999999' })],
    ['CallDuration', completed({ CallDuration: ['1', '2'] })],
    ['Timestamp', completed({ Timestamp: 'soon' })],
    ['Timestamp', completed({ Timestamp: 'Tue, 24 Nov 2126 09:01:00 +0000' })],
    ['Timestamp', completed({ Timestamp: 'Tue, 24 Nov 1926 09:01:00 +0000' })],
    ['SipResponseCode', completed({ SipResponseCode: 'OK' })],
    ['From', completed({ From: 'x'.repeat(121) })],
    ['To', completed({ To: ['+1', '+2'] })],
    ['RecordingSid', { ...sampleTwilioRecording, RecordingSid: 'a b' }],
    ['RecordingUrl', { ...sampleTwilioRecording, RecordingUrl: 'x'.repeat(4_001) }],
    ['body', null],
    ['body', []],
    ['CallStatus', completed({ CallStatus: 7 })],
  ])('%s', (field, form) => {
    expect(Object.keys(refusalOf(twilio, form) ?? {})).toEqual([field])
  })
})

describe('a form of Africa’s Talking’s with a wrong field is refused by that field’s name', () => {
  const ended = (more: object) => ({ ...sampleAfricasTalkingEnded, ...more })
  test.each<[string, unknown]>([
    ['sessionId', ended({ sessionId: '' })],
    ['sessionId', ended({ sessionId: ['a', 'b'] })],
    ['sessionId', { isActive: '1' }],
    ['isActive', ended({ isActive: 'yes' })],
    ['isActive', { sessionId: 'a' }],
    ['durationInSeconds', ended({ durationInSeconds: '-5' })],
    ['durationInSeconds', ended({ durationInSeconds: 'NaN' })],
    ['amount', ended({ amount: '-1' })],
    ['amount', ended({ amount: '1e9' })],
    ['amount', ended({ amount: '9'.repeat(30) })],
    ['currencyCode', ended({ currencyCode: 'kes' })],
    ['currencyCode', ended({ currencyCode: 'KES; drop' })],
    ['callStartTime', ended({ callStartTime: 'yesterday' })],
    ['callStartTime', ended({ callStartTime: '2326-11-24 09:00:00' })],
    ['callerNumber', ended({ callerNumber: '1'.repeat(121) })],
    ['destinationNumber', ended({ destinationNumber: ['1', '2'] })],
    ['body', 'text'],
    ['body', undefined],
  ])('%s', (field, form) => {
    expect(Object.keys(refusalOf(africasTalking, form) ?? {})).toEqual([field])
  })
})

const samples: [Adapter, Record<string, string>][] = [
  [twilio, sampleTwilioCompleted],
  [twilio, sampleTwilioRecording],
  [africasTalking, sampleAfricasTalkingActive],
  [africasTalking, sampleAfricasTalkingEnded],
]

describe('whatever stands in a field', () => {
  const isSafe = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

  /** What of a sample came out wrong with this text in each of its fields in turn. */
  function troubleWith(text: string): string[] {
    return samples.flatMap(([adapter, sample]) =>
      Object.keys(sample).flatMap((name) => {
        const form = { ...sample, [name]: text }
        const refusal = refusalOf(adapter, form)
        if (refusal) return Object.values(refusal).join(' ').includes(text) && text.trim().length > 3 ? [name] : []
        const { eventType, facts } = adapter.read(form, {})
        const { caller: _caller, number: _number, ...told } = facts ?? {}
        const isRead = Object.values(told).every((value) => typeof value !== 'string' || isSafe(value))
        return isRead && /^[a-z][a-z_.]{0,59}$/.test(eventType) ? [] : [name]
      }),
    )
  }

  test('of the big list of naughty strings, it is read safely or refused without being repeated', () => {
    const list = naughtyStrings()
    expect(list.flatMap(troubleWith)).toEqual([])
    expect(list.length).toBeGreaterThan(400)
  })

  test('of any text at all, the same', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(anything, (text) => {
        expect(troubleWith(text)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('a field named like something every object has changes nothing', () => {
    for (const [adapter, sample] of samples) {
      const fields: [string, unknown][] = [...Object.entries(sample), ['__proto__', ['a', 'b']], ['constructor', 'x']]
      const odd: unknown = Object.fromEntries(fields)
      expect(refusalOf(adapter, odd)).toBeNull()
      expect(adapter.read(odd, {}).facts).toEqual(adapter.read(sample, {}).facts)
    }
  })
})
