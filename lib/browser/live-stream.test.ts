import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { LivePhase } from './live-message.ts'
import { backoffMs, openLiveStream, SILENCE_MS } from './live-stream.ts'

/** The browser's EventSource as far as the stream uses it. */
class FakeSource extends EventTarget {
  static opened: FakeSource[] = []
  readonly url: string
  isClosed = false
  constructor(url: string) {
    super()
    this.url = url
    FakeSource.opened.push(this)
  }
  close(): void {
    this.isClosed = true
  }
  say(event: string, data = ''): void {
    this.dispatchEvent(new MessageEvent(event, { data }))
  }
}

const drawnAt = 1_795_511_700_000
const phases: LivePhase['kind'][] = []
let heardAt: number | undefined
const ids: string[] = []
let stop: () => void
const last = () => FakeSource.opened.at(-1)

beforeEach(() => {
  vi.useFakeTimers()
  const page = new EventTarget()
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  FakeSource.opened = []
  phases.length = 0
  ids.length = 0
  heardAt = undefined
  stop = openLiveStream(
    '/stream',
    { since: drawnAt },
    {
      onPhase: (phase) => {
        phases.push(phase.kind)
        if ('heardAt' in phase) heardAt = phase.heardAt
      },
      onMessage: (message) => message.kind === 'call' && ids.push(message.id),
    },
  )
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a call that changed is passed on', () => {
  last()?.say('beat')
  last()?.say('call', '{"id":"01920000-0000-7000-8000-000000000001"}')
  expect(phases).toEqual(['live'])
  expect(ids).toHaveLength(1)
})

test('an open connection is live once a beat came, and not before', () => {
  last()?.say('open')
  expect(phases).toEqual([])
  vi.advanceTimersByTime(SILENCE_MS)
  expect(phases).toEqual(['stale'])
})

test('beats keep it live; silence makes it stale, says since when, and opens a new connection', () => {
  last()?.say('beat')
  vi.advanceTimersByTime(SILENCE_MS - 1)
  last()?.say('beat')
  const lastHeard = Date.now()
  vi.advanceTimersByTime(SILENCE_MS - 1)
  expect(phases).toEqual(['live'])
  vi.advanceTimersByTime(1)
  expect(phases).toEqual(['live', 'stale'])
  expect(heardAt).toBe(lastHeard)
  expect(FakeSource.opened[0]?.isClosed).toBe(true)
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.opened).toHaveLength(2)
})

test('each connection says how far this window knows: as of its page, then as of the last beat', () => {
  last()?.say('beat', `{"at":"${drawnAt + 5_000}"}`)
  last()?.say('beat', '{"at":"soon"}')
  last()?.say('error')
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.opened.map(({ url }) => url)).toEqual([
    `/stream?since=${drawnAt}`,
    `/stream?since=${drawnAt + 5_000}`,
  ])
})

test('a broken connection is opened again, slower each time', () => {
  last()?.say('error')
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.opened).toHaveLength(2)
  last()?.say('error')
  vi.advanceTimersByTime(999)
  expect(FakeSource.opened).toHaveLength(2)
  vi.advanceTimersByTime(1_001)
  expect(FakeSource.opened).toHaveLength(3)
  expect(phases).toEqual(['reconnecting', 'reconnecting'])
})

test('an ended stream stays ended', () => {
  last()?.say('beat')
  last()?.say('end', '{"reason":"not_allowed"}')
  vi.advanceTimersByTime(120_000)
  expect(phases).toEqual(['live', 'ended'])
  expect(FakeSource.opened).toHaveLength(1)
})

test('the wait grows to half a minute and never beyond', () => {
  expect([0, 1, 2, 5, 30].map((attempt) => backoffMs(attempt, () => 0))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
  expect(backoffMs(1, () => 1)).toBe(1_000)
})
