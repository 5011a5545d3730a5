import type { ReactNode } from 'react'

import type { Transcript } from '#lib/features/calls/shapes'

import * as words from '../words/words.ts'

const WIDE = 1000
/** How long a turn is said to last is not told: as long as its words take, or until somebody else begins. */
const MS_A_LETTER = 65
const SHORTEST_MS = 600

interface TurnTimelineProps {
  turns: Transcript['turns']
  wholeMs: number
}

/** Who spoke when, as two lanes under one time. Drawn by the server; the transcript says the same in words. */
export function TurnTimeline({ turns, wholeMs }: TurnTimelineProps) {
  const { timeline } = words.callPage
  const spoken = turns.filter((turn) => turn.role !== 'tool' && turn.at_ms < wholeMs)
  const count = (role: 'caller' | 'agent') => spoken.filter((turn) => turn.role === role).length
  const bars = spoken.map((turn, at) => {
    const next = spoken[at + 1]?.at_ms ?? wholeMs
    const ms = Math.min(Math.max(SHORTEST_MS, turn.text.length * MS_A_LETTER), next - turn.at_ms, wholeMs - turn.at_ms)
    return { key: at, role: turn.role, x: (turn.at_ms / wholeMs) * WIDE, width: Math.max(2, (ms / wholeMs) * WIDE) }
  })
  return (
    <svg
      {...(spoken.length > 0
        ? { role: 'img', 'aria-label': `${timeline.title}. ${timeline.summary(count('caller'), count('agent'))}` }
        : { 'aria-hidden': true })}
      viewBox={`0 0 ${WIDE} 36`}
      preserveAspectRatio="none"
      className="keep-colour block h-9 w-full"
    >
      <path d={`M0 9H${WIDE}M0 27H${WIDE}`} className="stroke-line" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      {bars.map(({ key, role, x, width }) => (
        <rect
          key={key}
          x={x.toFixed(1)}
          width={width.toFixed(1)}
          y={role === 'caller' ? 3 : 21}
          height="12"
          className={role === 'caller' ? 'fill-muted' : 'fill-accent'}
        />
      ))}
    </svg>
  )
}

/** The timeline with the names of its lanes, on a page of its own or behind a player. */
export function TimelineLanes({ children }: { children: ReactNode }) {
  const { timeline } = words.callPage
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2">
      <div aria-hidden="true" className="flex h-9 flex-col justify-between text-12 leading-[1.125rem] text-muted">
        <span>{timeline.caller}</span>
        <span className="text-accent">{timeline.agent}</span>
      </div>
      {children}
    </div>
  )
}
