'use client'

import { useEffect, useEffectEvent, useState } from 'react'

import type { LivePhase } from './live-message.ts'
import { shareLiveStream } from './live-sharing.ts'

/** Listen to an organisation's calls; `onChange` comes with the id of the call that changed. Null: not live. */
export function useLiveEvents(streamUrl: string | null, onChange: (callId: string) => void): LivePhase {
  const [phase, setPhase] = useState<LivePhase>({ kind: 'connecting' })
  const changed = useEffectEvent(onChange)

  useEffect(() => {
    if (streamUrl === null) return undefined
    return shareLiveStream(streamUrl, {
      onPhase: setPhase,
      onMessage: (message) => {
        if (message.kind === 'call') changed(message.id)
      },
    })
  }, [streamUrl])

  return phase
}
