'use client'

import type { LivePhase } from '#lib/browser/live-message'

import type { Tone } from '../ui/badge.tsx'
import { type DotShape, StateDot } from '../ui/state-dot.tsx'
import { words } from '../words/words.ts'
import { useTimeZone } from './clock.tsx'
import { clockTime } from './time.tsx'

interface LiveMarkProps {
  phase: LivePhase['kind'] | 'paused'
  /** When what is shown was loaded, in milliseconds. */
  loadedAt: number
}

/** Whether what is on the screen is the present. */
export function LiveMark({ phase, loadedAt }: LiveMarkProps) {
  const time = clockTime(loadedAt, useTimeZone())
  const looks: Record<LiveMarkProps['phase'], { tone: Tone; shape: DotShape; word: string }> = {
    connecting: { tone: 'plain', shape: 'ring', word: words.calls.live.connecting },
    live: { tone: 'good', shape: 'full', word: words.calls.live.live },
    reconnecting: { tone: 'warn', shape: 'half', word: words.calls.live.reconnecting },
    stale: { tone: 'warn', shape: 'half', word: words.calls.live.stale(time) },
    offline: { tone: 'bad', shape: 'ring', word: words.calls.live.offline(time) },
    ended: { tone: 'plain', shape: 'ring', word: words.calls.live.paused },
    paused: { tone: 'plain', shape: 'ring', word: words.calls.live.paused },
  }
  const look = looks[phase]
  return (
    <span role="status" className="text-12 text-muted">
      <StateDot tone={look.tone} shape={look.shape} word={look.word} isLive={phase === 'live'} />
    </span>
  )
}
