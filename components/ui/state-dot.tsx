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

interface StateDotProps {
  tone: Tone
  /** Meaning is never colour alone: the word always stands beside the dot, and the shape differs too. */
  word: string
  shape?: DotShape
  isLive?: boolean
}

export function StateDot({ tone, word, shape = 'full', isLive = false }: StateDotProps) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={classNames(
          'keep-colour size-2 shrink-0 rounded-full border-current',
          colours[tone],
          shape === 'full' && 'bg-current',
          shape === 'ring' && 'border-[1.5px]',
          shape === 'half' && 'border-[1.5px] bg-linear-to-t from-current from-50% to-transparent to-50%',
          isLive && 'live-dot',
        )}
      />
      <span>{word}</span>
    </span>
  )
}
