import { expect, test } from 'vitest'

import { readingOf } from './one-reading.ts'
import type { Context } from './use-case.ts'

const began = Date.parse('2026-11-24T09:00:00Z')
const person = (session: string, id = 'p1') => ({ kind: 'person', id, sessionHash: Buffer.from(session) })
let told = 0
/** As far as a reading is told by it. */
const context = (
  more: { actor?: object; address?: string; userAgent?: string; at?: number; organisation?: string } = {},
) => {
  const { actor = person('s1'), address = '203.0.113.7', userAgent = 'B', at = 0, organisation = 'o1' } = more
  const circumstance = { address, userAgent, requestId: 'r' }
  return { actor, circumstance, organisation, now: new Date(began + at) } as unknown as Context<unknown> // just these
}
const look = (target: string, more: Parameters<typeof context>[0] = {}, seconds: number | undefined = 300) => {
  const reading = readingOf('test.read', target, seconds, context(more))
  if (!reading.isGoingOn) reading.begin()
  return reading.isGoingOn
}

test('a second look is the same reading until its time is over, counted from the look that was written down', () => {
  const row = `row-${++told}`
  expect([0, 1_000, 200_000, 299_999, 300_000, 301_000].map((at) => look(row, { at }))).toEqual([
    false,
    true,
    true,
    true,
    false,
    true,
  ])
})

test.each<[string, Parameters<typeof context>[0]]>([
  ['another person', { actor: person('s1', 'p2') }],
  ['another session', { actor: person('s2') }],
  ['another address', { address: '203.0.113.8' }],
  ['another browser', { userAgent: 'C' }],
  ['another organisation', { organisation: 'o2' }],
])('%s begins a reading of its own', (_, other) => {
  const row = `row-${++told}`
  expect([look(row), look(row, other), look(row)]).toEqual([false, false, true])
})

test('another row is another reading, and a machine’s looks are each one', () => {
  const [row, next] = [`row-${++told}`, `row-${++told}`]
  expect([look(row), look(next)]).toEqual([false, false])
  for (const kind of ['api_key', 'system', 'nobody'])
    expect([look(row, { actor: { kind } }), look(row, { actor: { kind } })]).toEqual([false, false])
})

test('a look that was not written down covers none', () => {
  const row = `row-${++told}`
  expect(readingOf('test.read', row, 300, context()).isGoingOn).toBe(false)
  expect(readingOf('test.read', row, 300, context()).isGoingOn).toBe(false)
  expect(readingOf('test.read', null, 300, context()).isGoingOn).toBe(false)
})

test('where the use case names no time each look is its own', () => {
  const row = `row-${++told}`
  const once = () => {
    const reading = readingOf('test.read', row, undefined, context())
    reading.begin()
    return reading.isGoingOn
  }
  expect([once(), once()]).toEqual([false, false])
})

test('when too many go on, the oldest is written down again', () => {
  const row = `row-${++told}`
  look(row)
  for (let other = 0; other < 20_000; other += 1) look(`crowd-${other}`)
  expect(look(row)).toBe(false)
  expect(look('crowd-19999')).toBe(true)
})
