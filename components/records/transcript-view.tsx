import type { Transcript } from '#lib/features/calls/shapes'

import { classNames } from '../ui/class-names.ts'
import * as words from '../words/words.ts'
import { offsetClock } from './duration.tsx'
import { RedactedText } from './redaction-mark.tsx'

type Turn = Transcript['turns'][number]

interface TranscriptViewProps {
  turns: readonly Turn[]
  /** Begins the address of each turn: `#at-12000`. */
  anchor?: string
}

/** Who said what, when. Lines rather than bubbles: it is read, searched and printed. */
export function TranscriptView({ turns, anchor = 'at' }: TranscriptViewProps) {
  const { transcript } = words.calls
  if (turns.length === 0) {
    return (
      <div className="border-y border-line py-10 text-center">
        <p className="font-medium">{transcript.empty}</p>
        <p className="mt-1 text-13 text-muted">{transcript.emptyText}</p>
      </div>
    )
  }
  const lines = turns.map((turn, seq) => ({
    seq,
    turn,
    id: `${anchor}-${turn.at_ms}`,
    isSameSpeaker: turns[seq - 1]?.role === turn.role,
  }))
  return (
    <ol className="flex flex-col">
      {lines.map((line) => (
        <TurnLine key={line.seq} {...line} />
      ))}
    </ol>
  )
}

function TurnLine({ turn, id, isSameSpeaker }: { turn: Turn; id: string; isSameSpeaker: boolean }) {
  const role = words.calls.transcript.roles[turn.role]
  return (
    <li
      id={id}
      data-at={turn.at_ms}
      className={classNames(
        'scroll-mt-36 aria-current:bg-accent-wash grid grid-cols-[3rem_minmax(0,1fr)] gap-x-3 py-2 target:bg-accent-wash sm:grid-cols-[3rem_4rem_minmax(0,1fr)]',
        !isSameSpeaker && 'border-t border-line first:border-t-0',
      )}
    >
      <a
        href={`#${id}`}
        className="text-end font-mono text-12 leading-6 text-muted no-underline hover:text-ink hover:underline"
      >
        {offsetClock(turn.at_ms)}
      </a>
      <span
        className={classNames(
          'text-13 leading-6 font-medium',
          turn.role === 'agent' ? 'text-accent' : turn.role === 'tool' ? 'text-muted' : 'text-ink',
          isSameSpeaker && 'sr-only',
        )}
      >
        {role}
      </span>
      <p
        dir="auto"
        className={classNames(
          'col-start-2 max-w-[68ch] leading-6 whitespace-pre-wrap sm:col-start-3',
          turn.role === 'tool' && 'font-mono text-12 text-muted',
        )}
      >
        <RedactedText text={turn.text} />
      </p>
    </li>
  )
}
