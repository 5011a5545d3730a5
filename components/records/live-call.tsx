'use client'

import { useRouter } from 'next/navigation.js'
import { useMemo } from 'react'

import { coalesce } from '#lib/browser/coalesce'
import { useLiveEvents } from '#lib/browser/use-live-events'

const COALESCE_MS = 1_000

/** Keeps the page of a call that is still going on up to date: drawn anew by the server when this call changed. */
export function LiveCall({ callId, streamUrl }: { callId: string; streamUrl: string }) {
  const router = useRouter()
  const again = useMemo(() => coalesce(async () => router.refresh(), COALESCE_MS), [router])
  useLiveEvents(streamUrl, (changed) => {
    if (changed === callId) again()
  })
  return null
}
