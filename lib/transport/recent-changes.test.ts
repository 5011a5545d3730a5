import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { mayHaveMissed } from './recent-changes.ts'

const [ours, theirs] = ['org-1', 'org-2']
const minutes = (count: number) => count * 60_000
let here: Parameters<typeof mayHaveMissed>[0]
let isHeard: boolean

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:00:00Z') })
  isHeard = true
  const stop = () => Promise.resolve()
  here = { onLive: new Set(), onRecheck: new Set(), listening: { isHeard: () => isHeard, stop } }
  mayHaveMissed(here, ours, null)
  vi.setSystemTime(Date.now() + minutes(5))
})
afterEach(() => void vi.useRealTimers())

const change = (org: string) => {
  for (const hear of here.onLive) hear({ org, kind: 'call', id: 'c' })
}
const later = (ms: number): number =>
  vi
    .setSystemTime(Date.now() + ms)
    .getMockedSystemTime()
    ?.getTime() ?? 0

test('where nothing changed since a page was drawn, its window missed nothing', () => {
  expect(mayHaveMissed(here, ours, Date.now() - minutes(2))).toBe(false)
  change(theirs)
  expect(mayHaveMissed(here, ours, Date.now() - minutes(2))).toBe(false)
})

test('what changed since, or a moment before by another clock, may be missing', () => {
  const drawn = Date.now()
  later(1_000)
  change(ours)
  expect(mayHaveMissed(here, ours, drawn)).toBe(true)
  expect(mayHaveMissed(here, ours, later(1_000))).toBe(true)
  expect(mayHaveMissed(here, ours, later(2_000))).toBe(false)
})

test('not knowing counts as missing: no time given, one before our memory, or one to come', () => {
  expect(mayHaveMissed(here, ours, null)).toBe(true)
  expect(mayHaveMissed(here, ours, Date.now() - minutes(10))).toBe(true)
  expect(mayHaveMissed(here, ours, Date.now() + minutes(1))).toBe(true)
})

test('a line that is or was quiet may have swallowed something', () => {
  const drawn = Date.now()
  isHeard = false
  expect(mayHaveMissed(here, ours, drawn)).toBe(true)
  isHeard = true
  later(1_000)
  for (const recheck of here.onRecheck) recheck('somebody')
  expect(mayHaveMissed(here, ours, drawn)).toBe(false)
  for (const recheck of here.onRecheck) recheck(null)
  expect(mayHaveMissed(here, ours, drawn)).toBe(true)
})

test('what is remembered has an end, and past it nothing is claimed', () => {
  const drawn = Date.now()
  later(10_000)
  for (let org = 0; org <= 10_000; org += 1) change(`other-${org}`)
  expect(mayHaveMissed(here, ours, drawn)).toBe(true)
})
