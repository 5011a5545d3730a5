import { describe, expect, test } from 'vitest'

import { AppError } from '../../../kernel/app-error.ts'
import { genericDayMapping } from '../../../testing/provider-replayer/generic-day.ts'
import { sampleGeneric } from '../../../testing/provider-replayer/generic-sample.ts'
import { GenericMapping } from './generic-mapping.ts'
import { tryMapping } from './generic-try.ts'

const mapping = GenericMapping.parse(genericDayMapping)
const trying = (sample: unknown, over: GenericMapping = mapping) => tryMapping(JSON.stringify(sample), over, 'NG')
const found = (field: string, shown: string) => ({ field, outcome: 'found', shown, problem: null })

describe('a mapping tried on a sample', () => {
  test('says of each field it names what came of it, with masks where numbers stand', () => {
    expect(trying(sampleGeneric)).toEqual([
      found('external_id', 'call-1'),
      found('event_id', 'ev_1'),
      found('event_type', 'call.over'),
      found('occurred_at', '2026-02-25T06:14:30.000Z'),
      found('direction', 'inbound'),
      found('from', '+234 *** *** 567'),
      found('to', '+234 *** *** 100'),
      found('agent', 'Ada'),
      found('status', 'completed'),
      found('ended_reason', 'caller_hung_up'),
      found('started_at', '2026-02-25T06:13:15.000Z'),
      found('answered_at', '2026-02-25T06:13:20.000Z'),
      found('ended_at', '2026-02-25T06:14:25.500Z'),
      found('talk', '65500 ms'),
      found('languages', 'pcm, en'),
      found('summary', 'Asked for an order.'),
      found('success', 'yes'),
      found('consent', 'given'),
      found('cost', '₦46.26'),
      found('latency', '812 ms'),
      found('recording_url', 'https://files.example.com/a.wav'),
      found('transcript', '2 turns, the first by the agent: Hello'),
      found('metadata.campaign', 'march'),
      { field: 'metadata.crm_phone', outcome: 'missing', shown: null, problem: null },
    ])
  })

  test('says what is missing, strange and wrong', () => {
    const { call } = sampleGeneric
    const tried = trying({ call: { ...call, ref: undefined, state: 'PARKED', began: 'soon', said: [] } })
    const of = (field: string) => tried.find((one) => one.field === field)
    expect(of('external_id')).toMatchObject({ outcome: 'missing', problem: 'is needed' })
    expect(of('event_id')).toMatchObject({ outcome: 'missing', problem: null })
    expect(of('status')).toMatchObject({ outcome: 'strange', shown: 'PARKED' })
    expect(of('started_at')).toMatchObject({ outcome: 'invalid', shown: null })
    expect(of('transcript')).toMatchObject({ outcome: 'missing' })
  })

  test('shows nothing that could be dialled, wherever it stood', () => {
    const number = '0803 555 0142'
    const { call } = sampleGeneric
    const tried = trying({
      id: number,
      name: number,
      call: {
        ...call,
        ref: '2348035550142-7',
        desk: `Desk ${number}`,
        state: number,
        note: `Call ${number} back`,
        file: `https://files.example.com/2348035550142.wav`,
        labels: { campaign: number, crm_phone: number },
        said: [{ who: 'customer', text: `I am on ${number}`, at: 1 }],
      },
    })
    expect(tried.length).toBeGreaterThan(20)
    expect(JSON.stringify(tried).replaceAll(/\D/g, '')).not.toContain('5550142')
  })

  test('cuts what is long', () => {
    const tried = trying({ call: { ...sampleGeneric.call, note: '👩‍👩‍👧'.repeat(900) } })
    const shown = tried.find(({ field }) => field === 'summary')?.shown ?? ''
    expect(shown.length).toBeLessThan(90)
    expect(shown.isWellFormed()).toBe(true)
  })

  const refusalOf = (sample: string): unknown => {
    try {
      return tryMapping(sample, mapping, 'NG')
    } catch (error) {
      return error instanceof AppError && error.fields
    }
  }

  test.each(['{', '', 'null', '[]', '7', '"x"', 'undefined', "{'a':1}"])('%j is no sample', (sample) => {
    expect(refusalOf(sample)).toEqual({ sample: 'must be one JSON object' })
  })

  test('one that nests deeper than anybody does on purpose is refused, and the stack holds', () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    expect(refusalOf(nested(33))).toEqual({ sample: 'must nest at most 32 levels deep' })
    expect(refusalOf(nested(10_000))).toEqual({ sample: 'must nest at most 32 levels deep' })
    expect(refusalOf(nested(30))).toBeInstanceOf(Array)
  })
})
