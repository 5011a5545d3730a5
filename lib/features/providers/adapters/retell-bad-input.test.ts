import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { AppError } from '../../../kernel/app-error.ts'
import {
  sampleAnalyzed as analyzed,
  sampleCall as call,
  sampleEnded as ended,
  sampleTurns as transcript_object,
} from '../../../testing/provider-replayer/retell-sample.ts'
import { naughtyStrings } from '../../../testing/vectors.ts'
import { retell } from './retell.ts'

describe('bodies that are not what Retell sends', () => {
  const fieldsOf = (body: unknown): Record<string, string> => {
    try {
      retell.read(body, {})
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

  test('the big list of naughty strings, in every text', () => {
    const list = naughtyStrings()
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
      const told = {
        ...analyzed,
        transcript_object: [{ role: 'user', content: text }],
        call_analysis: { call_summary: text },
        metadata: { note: text },
      }
      const said = retell.read({ event: 'call_analyzed', call: told }, {}).facts
      expect(said?.externalId).toBe('call_a1b2c3')
    }
    expect(list.length).toBeGreaterThan(400)
  })
})
