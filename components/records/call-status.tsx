import type { CallStatus } from '#lib/features/calls/shapes'

import type { Tone } from '../ui/badge.tsx'
import { type DotShape, StateDot } from '../ui/state-dot.tsx'
import * as words from '../words/words.ts'

const looks: Record<CallStatus, { tone: Tone; shape: DotShape; isLive?: boolean }> = {
  queued: { tone: 'plain', shape: 'ring' },
  ringing: { tone: 'info', shape: 'ring', isLive: true },
  in_progress: { tone: 'accent', shape: 'full', isLive: true },
  completed: { tone: 'good', shape: 'full' },
  no_answer: { tone: 'warn', shape: 'ring' },
  busy: { tone: 'warn', shape: 'half' },
  rejected: { tone: 'warn', shape: 'half' },
  voicemail: { tone: 'info', shape: 'half' },
  canceled: { tone: 'plain', shape: 'half' },
  failed: { tone: 'bad', shape: 'full' },
  unknown_end: { tone: 'plain', shape: 'ring' },
}

/** A status we do not know keeps the provider's own word: it is shown, never hidden. */
export function statusWord(status: CallStatus, raw: string | null): string {
  return status === 'unknown_end' && raw ? raw : words.calls.statuses[status]
}

export function CallStatusDot({ status, raw = null }: { status: CallStatus; raw?: string | null }) {
  const { tone, shape, isLive = false } = looks[status]
  return <StateDot tone={tone} shape={shape} isLive={isLive} word={statusWord(status, raw)} />
}
