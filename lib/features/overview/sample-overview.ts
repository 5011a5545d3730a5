import type { Overview } from './shapes.ts'

/** A believable week of a clinic, made up: shown before there is a first call, stored nowhere. */
export function sampleOverview(own: Overview): Overview {
  const busy = [0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 14, 11, 9, 10, 12, 9, 7, 5, 3, 2, 1, 1, 0, 0]
  return {
    ...own,
    today: { calls: 38, ended: 36, answered: 33, judged: 30, succeeded: 26, talk_ms: 5_460_000, in_progress: 2 },
    spend_today: [{ currency: own.spend_today[0]?.currency ?? 'NGN', amount_minor: 486_500 }],
    hours: [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
      busy.map((calls, hour) => ({
        weekday,
        hour,
        calls: Math.round((calls * (weekday === 6 ? 4 : 8 + weekday)) / 10),
      })),
    ),
    statuses: [
      { key: 'completed', calls: 231 },
      { key: 'no_answer', calls: 18 },
      { key: 'voicemail', calls: 9 },
      { key: 'failed', calls: 3 },
    ],
    ended_reasons: [
      { key: 'caller_hung_up', calls: 148 },
      { key: 'agent_hung_up', calls: 71 },
      { key: 'no_answer', calls: 18 },
      { key: 'transferred', calls: 12 },
    ],
    outcomes: [
      { key: 'Booked', calls: 96 },
      { key: 'Resolved', calls: 71 },
      { key: 'Call back', calls: 22 },
      { key: 'Wrong number', calls: 6 },
    ],
    languages: [
      { key: 'en', calls: 172 },
      { key: 'pcm', calls: 61 },
      { key: 'yo', calls: 22 },
      { key: 'ig', calls: 9 },
    ],
    latency: [
      { part: 'e2e', p50: 840, p90: 1_310, p99: 2_180, calls: 231 },
      { part: 'llm', p50: 410, p90: 720, p99: 1_350, calls: 231 },
      { part: 'tts', p50: 210, p90: 330, p99: 560, calls: 231 },
    ],
    wrong: null,
  }
}
