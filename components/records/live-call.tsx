'use client'

import { useRouter } from 'next/navigation.js'
import { useEffect, useMemo } from 'react'

import { coalesce } from '#lib/browser/coalesce'
import { heardAtIn } from '#lib/browser/live-message'
import { useLiveEvents } from '#lib/browser/use-live-events'

import { LiveMark } from './live-mark.tsx'

const COALESCE_MS = 1_000

interface LiveCallProps {
  callId: string
  streamUrl: string
  /** When the server drew the page, by its clock. */
  drawnAt: number
}

/**
 * Keeps the page of a call that is going on, or has just ended, up to date: drawn anew by the server when this call changed, and
 * when the person may not see it any more.
 */
export function LiveCall({ callId, streamUrl, drawnAt }: LiveCallProps) {
  const router = useRouter()
  const again = useMemo(() => coalesce(async () => router.refresh(), COALESCE_MS), [router])
  const phase = useLiveEvents(streamUrl, drawnAt, (changed) => {
    if (changed === null || changed === callId) again()
  })
  const isOver = phase.kind === 'ended'
  useEffect(() => {
    if (isOver) again()
  }, [isOver, again])
  return (
    <p className="screen-only flex justify-end px-4 pt-3 md:px-6">
      <LiveMark phase={phase.kind} knownAt={heardAtIn(phase) ?? drawnAt} />
    </p>
  )
}
