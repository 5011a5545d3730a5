'use client'

import { useSyncExternalStore } from 'react'

import { Icon } from '../ui/icon.tsx'
import * as words from '../words/words.ts'

function subscribe(onChange: () => void): () => void {
  addEventListener('online', onChange)
  addEventListener('offline', onChange)
  return () => {
    removeEventListener('online', onChange)
    removeEventListener('offline', onChange)
  }
}

/** Appears by itself when the device loses its connection. `queued` names what waits to be sent. */
export function OfflineNotice({ queued }: { queued?: string }) {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return <div role="status">{!isOnline && <OfflineLine {...(queued === undefined ? {} : { queued })} />}</div>
}

export function OfflineLine({ queued }: { queued?: string }) {
  const { offline } = words.states
  return (
    <p className="flex items-center gap-2 border-b border-line bg-warn-wash px-4 py-2 text-13">
      <Icon name="offline" className="text-warn" />
      <span>
        <strong className="font-medium">{offline.title}.</strong>{' '}
        {queued === undefined ? offline.nothingQueued : offline.queued(queued)}
      </span>
    </p>
  )
}
