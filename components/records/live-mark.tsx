'use client'

import type { LivePhase } from '#lib/browser/live-message'
import { useAwake } from '#lib/browser/use-awake'

import type { Tone } from '../ui/badge.tsx'
import { type DotShape, StateDot } from '../ui/state-dot.tsx'
import * as words from '../words/words.ts'
import { useTimeZone } from './clock.tsx'
import { clockTime } from './time.tsx'

interface LiveMarkProps {
  phase: LivePhase['kind'] | 'paused'
  /** As of when what is shown is right, in milliseconds. */
  knownAt: number
}

/** Whether what is on the screen is the present. Where no script runs nothing is live, and the page says how to look again. */
export function LiveMark({ phase, knownAt }: LiveMarkProps) {
  const time = clockTime(knownAt, useTimeZone())
  const isAwake = useAwake()
  const { live } = words.calls
  const looks: Record<LiveMarkProps['phase'], { tone: Tone; shape: DotShape; word: string }> = {
    connecting: { tone: 'plain', shape: 'ring', word: live.connecting },
    live: { tone: 'good', shape: 'full', word: live.live },
    reconnecting: { tone: 'warn', shape: 'half', word: live.reconnecting(time) },
    stale: { tone: 'warn', shape: 'half', word: live.stale(time) },
    offline: { tone: 'bad', shape: 'ring', word: live.offline(time) },
    ended: { tone: 'plain', shape: 'ring', word: live.paused },
    paused: { tone: 'plain', shape: 'ring', word: live.paused },
  }
  const look = looks[phase]
  return (
    <span role="status" className="text-12 text-muted">
      {isAwake && <StateDot tone={look.tone} shape={look.shape} word={look.word} isLive={phase === 'live'} />}
      {phase !== 'paused' && <noscript>{live.reload}</noscript>}
    </span>
  )
}
