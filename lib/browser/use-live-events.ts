'use client'

import { useEffect, useEffectEvent, useState } from 'react'

import type { LivePhase } from './live-message.ts'
import { shareLiveStream } from './live-sharing.ts'

/**
 * Listen to an organisation's calls; `onChange` comes with the id of the call that changed, or with null when that cannot
 * be told. `since`: when the server drew the page, by its clock. No `streamUrl`: not live.
 */
export function useLiveEvents(
  streamUrl: string | null,
  since: number,
  onChange: (callId: string | null) => void,
): LivePhase {
  const [phase, setPhase] = useState<LivePhase>({ kind: 'connecting' })
  const changed = useEffectEvent(onChange)
  const drawnAt = useEffectEvent(() => since)

  useEffect(() => {
    if (streamUrl === null) return undefined
    return shareLiveStream(streamUrl, drawnAt(), {
      onPhase: setPhase,
      onMessage: (message) => {
        if (message.kind === 'call') changed(message.id)
        if (message.kind === 'missed') changed(null)
      },
    })
  }, [streamUrl])

  return phase
}
