import { describe, expect, test } from 'vitest'

import { redactJson } from '../../../kernel/redaction-json.ts'
import { redactAcross, redactDigits } from '../../../kernel/redaction.ts'
import { retellDay } from '../../../testing/provider-replayer/retell-day.ts'
import { scripts } from '../../../testing/provider-replayer/scripts.ts'
import { retellEvents } from './retell-shapes.ts'
import { retell } from './retell.ts'

const now = new Date('2026-03-01T18:00:00Z')
const day = retellDay({ seed: 7, now })
const read = (body: string) => retell.read(JSON.parse(body), {})

describe('a made-up day of Retell calls', () => {
  test('has at least twelve calls, each with its own id, and each is read by our adapter', () => {
    const ids = new Set(day.map(({ body }) => read(body).facts?.externalId))
    expect(ids.size).toBe(scripts.length)
    expect(ids.size).toBeGreaterThanOrEqual(12)
    for (const { callId, event, body } of day) {
      expect(read(body).eventType).toBe(event)
      expect(read(body).facts?.externalId).toBe(callId)
    }
  })

  test('shows calls in and out, answered and not, a voicemail, a browser, a withheld caller and a transfer', () => {
    const all = day.flatMap(({ body }) => read(body).facts ?? [])
    expect(new Set(all.map(({ direction }) => direction))).toEqual(new Set(['inbound', 'outbound']))
    for (const status of ['in_progress', 'completed', 'no_answer', 'busy', 'rejected', 'voicemail', 'failed'])
      expect(all.map((one) => one.status)).toContain(status)
    expect(all.filter(({ caller }) => caller === 'anonymous').length).toBeGreaterThan(2)
    expect(new Set(day.map(({ event }) => event))).toEqual(
      new Set(retellEvents.filter((event) => event !== 'transfer_cancelled')),
    )
  })

  test('is over before now, in order, and a call that never connected never started', () => {
    expect(day.map(({ at }) => at.getTime())).toEqual(day.map(({ at }) => at.getTime()).toSorted((a, b) => a - b))
    for (const { at } of day) expect(at.getTime()).toBeLessThanOrEqual(now.getTime())
    const unanswered = day.filter(({ body }) => read(body).facts?.status === 'no_answer').map(({ callId }) => callId)
    expect(day.filter(({ callId, event }) => unanswered.includes(callId) && event === 'call_started')).toEqual([])
  })

  test('is the same for the same seed and shares no call with another', () => {
    expect(retellDay({ seed: 7, now })).toEqual(day)
    const ids = new Set(day.map(({ callId }) => callId))
    expect(retellDay({ seed: 8, now }).filter(({ callId }) => ids.has(callId))).toEqual([])
  })

  test('live, begins now and every call is over within two minutes', () => {
    const live = retellDay({ seed: 7, now, live: true })
    for (const { at } of live) expect(at.getTime() - now.getTime()).toBeGreaterThanOrEqual(0)
    expect((live.at(-1)?.at.getTime() ?? 0) - now.getTime()).toBeLessThan(120_000)
  })
})

describe('any order of one call’s events comes to the same call', () => {
  const calls = Map.groupBy(day, ({ callId }) => callId)

  test.each([...calls.keys()])('%s: a field is told once or always the same, and only one ending', (callId) => {
    const told = new Map<string, Set<string>>()
    for (const { body } of calls.get(callId) ?? []) {
      const { transcript: _longer, ...facts } = read(body).facts ?? {}
      for (const [name, value] of Object.entries(facts)) {
        told.set(name, (told.get(name) ?? new Set()).add(JSON.stringify(value)))
      }
    }
    const endings = [...(told.get('status') ?? [])].filter((word) => !/queued|ringing|in_progress/.test(word))
    expect(endings).toHaveLength(1)
    told.delete('status')
    expect([...told].filter(([, values]) => values.size > 1)).toEqual([])
  })
})

describe('nothing of the day that could be dialled is left after redaction', () => {
  /** Of everyone outside: who called, who was called, and who was read out. */
  const tails = [
    '5550141',
    '5550122',
    '5550133',
    '5550199',
    '5550144',
    '5550155',
    '5550166',
    '5550177',
    '2555188',
    '5550111',
    '5550123',
    '5550134',
    '5550135',
  ]
  const spoken =
    /(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|sifili|biyar|uku)(?:[\s,-]+(?:um|then|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|sifili|daya|biyar|uku)){3}/i

  test('the day does hold numbers, in digits and in words', () => {
    const all = day.map(({ body }) => body).join('')
    for (const tail of tails.slice(0, -1)) expect(all.replace(/(?<=\d)[ -](?=\d)/g, '')).toContain(tail)
    expect(all).toMatch(spoken)
  })

  test('in raw events', () => {
    for (const { body } of day) {
      const left = JSON.stringify(redactJson(JSON.parse(body)).value)
      const words = [...left.matchAll(/"word":"([^"]*)"/g)].map((match) => match[1]).join('')
      for (const tail of tails) expect(`${left} ${words}`.replace(/[^\p{L}\d]/gu, '')).not.toContain(tail)
      expect(`${left} ${words}`).not.toMatch(spoken)
      expect(left).not.toMatch(/[०-९]/)
    }
  })

  test('in transcripts and summaries', () => {
    for (const facts of day.flatMap(({ body }) => read(body).facts ?? [])) {
      const left = [
        ...redactAcross(facts.transcript?.turns.map(({ text }) => text) ?? []).pieces,
        redactDigits(facts.summary ?? '').text,
      ].join('\n')
      expect(left).not.toMatch(spoken)
      expect(left).not.toMatch(/[०-९]/)
      for (const tail of tails) expect(left.replace(/[^\p{L}\d]/gu, '')).not.toContain(tail)
    }
  })
})

test('a price in the day outlives redaction', () => {
  const turns = scripts.flatMap(({ lines }) => lines.map(([, text]) => text))
  expect(redactAcross(turns).pieces.join('\n')).toContain('₦5,000 a yard')
})
