import type { ReactNode } from 'react'

import * as words from '../words/words.ts'
import { TimelineLanes } from './turn-timeline.tsx'

/** Why there is nothing to play, and who spoke when all the same. */
export function NoRecording({ isElsewhere, timeline }: { isElsewhere: boolean; timeline: ReactNode }) {
  const { player } = words.callPage
  return (
    <div className="order-1 flex min-w-0 flex-col gap-2 border-b border-line bg-paper py-3">
      <p className="text-13">
        <span className="font-medium">{isElsewhere ? player.elsewhere : player.none}.</span>{' '}
        <span className="text-muted">{isElsewhere ? player.elsewhereText : player.noneText}</span>
      </p>
      {timeline !== null && <TimelineLanes>{timeline}</TimelineLanes>}
    </div>
  )
}
