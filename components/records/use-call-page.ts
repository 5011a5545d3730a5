'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'

import { coalesce } from '#lib/browser/coalesce'
import { DoorError, fetchJson } from '#lib/browser/fetch-json'
import { heardAtIn, type LivePhase } from '#lib/browser/live-message'
import { readCallPage } from '#lib/browser/read-call-page'
import { useLiveEvents } from '#lib/browser/use-live-events'
import type { ListedPage } from '#lib/features/calls/shapes'

const COALESCE_MS = 400

export interface LiveCallPage {
  page: ListedPage
  phase: LivePhase | { kind: 'paused' }
  /** As of when what is shown is right, in milliseconds. */
  knownAt: number
  /** The last refresh failed; what is shown is older. */
  error: DoorError | null
  retry: () => void
}

/** A page of calls that follows the stream: asked for again when something changed or may have, once per burst, and not while nobody looks. */
export function useCallPage(
  initialPage: ListedPage,
  loadedAt: number,
  endpoint: string,
  streamUrl: string | null,
): LiveCallPage {
  const isLive = streamUrl !== null
  const { data, dataUpdatedAt, error, refetch } = useQuery({
    queryKey: ['calls', endpoint],
    queryFn: ({ signal }) => fetchJson(endpoint, readCallPage, { signal }),
    initialData: initialPage,
    initialDataUpdatedAt: loadedAt,
    enabled: isLive,
    // The stream says when something changed. The page came with the data, whatever the clock of this device makes of its age.
    staleTime: Infinity,
    // Coming back to this list brings a newer page from the server: an older copy must not win over it.
    gcTime: 0,
  })

  const isMissed = useRef(false)
  const ask = useMemo(() => coalesce(() => refetch({ cancelRefetch: false }), COALESCE_MS), [refetch])
  const refresh = () => {
    // Data costs money here: a hidden tab asks once, when it is looked at again.
    if (document.visibilityState === 'hidden') isMissed.current = true
    else ask()
  }
  const phase = useLiveEvents(streamUrl, loadedAt, refresh)

  useEffect(() => {
    const onSeen = () => {
      if (document.visibilityState !== 'visible' || !isMissed.current) return
      isMissed.current = false
      ask()
    }
    document.addEventListener('visibilitychange', onSeen)
    return () => document.removeEventListener('visibilitychange', onSeen)
  }, [ask])

  const doorError = error instanceof DoorError ? error : null
  return {
    page: data,
    phase: isLive ? phaseAfter(phase, doorError) : { kind: 'paused' },
    // The stream vouches for what is shown, unless the change it told of could not be fetched.
    knownAt: Math.max(dataUpdatedAt, doorError ? 0 : (heardAtIn(phase) ?? 0)),
    error: doorError,
    retry: ask,
  }
}

/** The door knows before the stream does: a refused refresh ends the screen too. */
function phaseAfter(phase: LivePhase, error: DoorError | null): LivePhase {
  if (error?.status === 401) return { kind: 'ended', reason: 'signed_out' }
  if (error?.status === 403) return { kind: 'ended', reason: 'not_allowed' }
  return phase
}
