import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { callStatuses, endedReasons, ListCalls } from '../features/calls/shapes.ts'
import { addressOf, fieldsFrom, filterOf, without } from './list-address.ts'

const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })
const some = (words: readonly string[]) => fc.subarray([...words], { minLength: 1 }).map((chosen) => chosen.join(','))
const token = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)
const amount = fc.integer({ min: 0, max: 99_999 }).map((minor) => (minor / 100).toFixed(2))
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

/** Any filter somebody can ask for, as an address says it. */
const filter = fc
  .record({
    environment: optional(fc.constantFrom('live', 'test')),
    status: optional(some(callStatuses)),
    direction: optional(fc.constantFrom('inbound', 'outbound')),
    provider: optional(some(['api', 'retell', 'vapi', 'twilio', 'africastalking', 'generic'])),
    agent: optional(
      fc
        .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
        .filter((text) => text.trim() !== '' && text.isWellFormed()),
    ),
    number: optional(fc.stringMatching(/^\+234[0-9]{10}$/)),
    caller: optional(token),
    outcome: optional(token),
    success: optional(fc.constantFrom('yes', 'no', 'unknown')),
    ended_reason: optional(fc.constantFrom(...endedReasons)),
    talk_min_seconds: optional(fc.integer({ min: 0, max: 86_400 }).map(String)),
    talk_max_seconds: optional(fc.integer({ min: 0, max: 86_400 }).map(String)),
    cost_min: optional(amount),
    cost_max: optional(amount),
    cost_currency: fc.constantFrom('NGN', 'KES', 'USD'),
    tag: optional(fc.array(fc.uuid({ version: 7 }), { minLength: 1, maxLength: 5 }).map((ids) => ids.join(','))),
    follow_up: optional(fc.constantFrom('open', 'done', 'none')),
    assigned: optional(fc.oneof(fc.constantFrom('me', 'nobody', 'anyone'), fc.uuid({ version: 7 }))),
    period: optional(fc.constantFrom('today', '7d', '30d')),
    from: optional(day),
    to: optional(
      fc.oneof(
        day,
        day.map((text) => `${text}T09:30:00Z`),
      ),
    ),
  })
  .map((fields) =>
    fieldsFrom(Object.entries(fields).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))),
  )

const readAgain = (address: string) => fieldsFrom(new URL(address, 'https://here.test').searchParams)

describe('the filter of a list and its address', () => {
  test('say the same, there and back, for every filter there is', () => {
    fc.assert(
      fc.property(filter, (fields) => {
        const again = readAgain(addressOf('/o/x/calls', fields))
        expect(again).toEqual(fields)
        expect(ListCalls.parse(again)).toEqual(ListCalls.parse({ ...fields }))
      }),
      { numRuns: 500 },
    )
  })

  test('lose what is taken away, and nothing else', () => {
    fc.assert(
      fc.property(filter, fc.nat(), (fields, at) => {
        const names = Object.keys(fields)
        const name = names[at % Math.max(1, names.length)] ?? 'status'
        const rest = without(fields, name)
        expect(Object.keys(rest)).not.toContain(name)
        for (const other of Object.keys(rest)) expect(rest[other]).toBe(fields[other])
        expect(() => ListCalls.parse({ ...rest })).not.toThrow()
        const [value] = (fields[name] ?? '').split(',')
        const fewer = without(fields, name, value)
        expect((fewer[name] ?? '').split(',')).not.toContain(value === '' ? undefined : value)
      }),
    )
  })
})

describe('what a form says', () => {
  test('of several with one name is one text; what is empty is not there', () => {
    expect(
      fieldsFrom([
        ['status', 'busy'],
        ['agent', ''],
        ['status', 'failed'],
        ['cost_currency', 'NGN'],
      ]),
    ).toEqual({ status: 'busy,failed' })
    expect(
      fieldsFrom([
        ['cost_min', '5'],
        ['cost_currency', 'NGN'],
      ]),
    ).toEqual({ cost_min: '5', cost_currency: 'NGN' })
  })

  test('in a name of the language’s own is a name like any other', () => {
    const fields = fieldsFrom([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['constructor', 'z'],
    ])
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y,z'],
    ])
    expect(ListCalls.safeParse(fields).success).toBe(false)
  })
})

test('page and view are no part of the filter', () => {
  const fields = { status: 'busy', cursor: 'abc', view: 'def' }
  expect(filterOf(fields)).toEqual({ status: 'busy' })
  expect(without(fields, 'agent')).toEqual({ status: 'busy' })
  expect(addressOf('/x', {})).toBe('/x')
})
