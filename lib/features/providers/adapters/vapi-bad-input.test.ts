import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { AppError } from '../../../kernel/app-error.ts'
import {
  sampleVapi,
  sampleVapiCall as call,
  sampleVapiReport as report,
} from '../../../testing/provider-replayer/vapi-sample.ts'
import { naughtyStrings } from '../../../testing/vectors.ts'
import { telling } from './vapi-shapes.ts'
import { vapi } from './vapi.ts'

function fieldsOf(body: unknown): Record<string, string> {
  try {
    vapi.read(body, {})
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error.fields ?? {}
    throw error
  }
  return {}
}
const reported = (more: object) => ({ message: { ...report.message, ...more } })
const about = (more: object) => reported({ call: { ...call, ...more } })

describe('bodies that are not what Vapi sends', () => {
  test.each<[string, unknown]>([
    ['message.call.id', about({ id: 7 })],
    ['message.call.id', about({ id: '' })],
    ['message.call.id', about({ id: undefined })],
    ['message.call.id', about({ id: 'a b' })],
    ['message.call.type', about({ type: {} })],
    ['message.call.startedAt', about({ startedAt: 'yesterday' })],
    ['message.call.createdAt', about({ createdAt: '1969-12-31T23:59:59Z' })],
    ['message.call.customer.number', about({ customer: { number: 2_348_031_234_567 } })],
    ['message.timestamp', reported({ timestamp: 1e99 })],
    ['message.timestamp', reported({ timestamp: -1 })],
    ['message.endedReason', reported({ endedReason: 4 })],
    ['message.cost', reported({ cost: '0.1' })],
    ['message.cost', reported({ cost: -1 })],
    ['message.costs.0.cost', reported({ costs: [{ type: 'model', cost: 'x' }] })],
    ['message.artifact.messages', reported({ artifact: { messages: 'AI: hi' } })],
    ['message.artifact.messages.0.message', reported({ artifact: { messages: [{ role: 'user', message: 5 }] } })],
    ['message.status', sampleVapi('status-update', { status: ['ended'] })],
    ['message.call', reported({ call: 'text' })],
  ])('%s is named', (field, body) => {
    expect(Object.keys(fieldsOf(body))).toEqual([field])
  })

  test.each<[unknown]>([
    [null],
    [undefined],
    ['message'],
    [7],
    [[]],
    [{}],
    [{ message: null }],
    [{ message: 'x' }],
    [{ message: {} }],
    [{ message: { type: 5 } }],
    [{ message: { type: '' } }],
  ])('%j names what is wrong', (body) => {
    expect(Object.keys(fieldsOf(body))).toHaveLength(1)
  })

  test('what Vapi makes of a call is left out where it looks strange, and the call is kept', () => {
    const strange = {
      analysis: 'x',
      compliance: { recordingConsent: { grantedAt: 'never' } },
      costBreakdown: 7,
      assistant: { name: 5 },
      artifact: { performanceMetrics: { turnLatencyAverage: 'fast' }, recording: 'x' },
      durationMs: -1,
    }
    expect(vapi.read(reported(strange), {}).facts).toMatchObject({ status: 'completed', consent: { state: 'unknown' } })
  })

  test('a turn too long is cut and not refused', () => {
    const artifact = { messages: [{ role: 'user', message: 'a\0'.repeat(30_000), secondsFromStart: -4 }] }
    const turns = vapi.read(reported({ artifact }), {}).facts?.transcript?.turns
    expect(turns).toEqual([{ role: 'caller', text: 'a'.repeat(10_000), atMs: 0 }])
  })

  test('an error never repeats what was sent', () => {
    const fields = fieldsOf(about({ id: '0803 1234567', startedAt: '08031234567', type: ['08031234567'] }))
    expect(Object.keys(fields)).toHaveLength(3)
    expect(JSON.stringify(fields)).not.toContain('0803')
  })

  test('a field of any type in any place never throws anything but AppError', () => {
    const strange = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 3 })
    const names = [...Object.keys(report.message), 'status', 'messages', 'language', 'transcriptType']
    fc.assert(
      fc.property(fc.constantFrom(...names), strange, fc.constantFrom(...telling), (name, value, type) => {
        expect(fieldsOf(reported({ type, [name]: value }))).toBeTypeOf('object')
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(call), 'customer', 'schedulePlan', 'assistant'),
        strange,
        (name, value) => {
          expect(fieldsOf(about({ [name]: value }))).toBeTypeOf('object')
        },
      ),
      { numRuns: 250 },
    )
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(fieldsOf(body)).toBeTypeOf('object')
        expect(fieldsOf({ message: body })).toBeTypeOf('object')
      }),
      { numRuns: 250 },
    )
  })

  test('the big list of naughty strings, in every text', () => {
    const list = naughtyStrings()
    for (const text of list) {
      fieldsOf(text)
      fieldsOf({ message: text })
      fieldsOf({ message: { type: text, call } })
      expect(vapi.read({ message: { type: `${text.slice(0, 150)}!` } }, {}).eventType).toBe('unrecognised')
      const everywhere = Object.fromEntries(Object.keys(call).map((name) => [name, text]))
      fieldsOf(about({ ...everywhere, id: call.id }))
      const said = vapi.read(
        reported({
          endedReason: text,
          assistant: { name: text, metadata: { [text]: text } },
          artifact: { messages: [{ role: 'user', message: text }], recordingUrl: text },
          analysis: { summary: text, successEvaluation: text },
        }),
        {},
      ).facts
      expect(said?.externalId).toBe(call.id)
    }
    expect(list.length).toBeGreaterThan(400)
  })
})
