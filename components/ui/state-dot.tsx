import { classNames } from './class-names.ts'
import type { Tone } from './badge.tsx'

const colours: Record<Tone, string> = {
  plain: 'text-muted',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  info: 'text-info',
  accent: 'text-accent',
}

export type DotShape = 'full' | 'ring' | 'half'

const shapes: Record<DotShape, string> = { full: 'dot-full', ring: 'dot-ring', half: 'dot-half' }

interface StateDotProps {
  tone: Tone
  /** Meaning is never colour alone: the word always stands beside the dot, and the shape differs too. */
  word: string
  shape?: DotShape
  isLive?: boolean
}

export function StateDot({ tone, word, shape = 'full', isLive = false }: StateDotProps) {
  return (
    <span className="state">
      <span
        aria-hidden="true"
        className={classNames('keep-colour dot', shapes[shape], colours[tone], isLive && 'live-dot')}
      />
      <span>{word}</span>
    </span>
  )
}
