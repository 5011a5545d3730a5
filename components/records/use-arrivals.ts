'use client'

import { useEffect, useRef, useState } from 'react'

import type { ListedCall } from '#lib/features/calls/shapes'

const SHOWN_MS = 4_000
const none: ReadonlySet<string> = new Set()

/** The calls that came in since the last look, for a moment each. Older rows that moved up do not count. */
export function useArrivals(calls: readonly ListedCall[]): ReadonlySet<string> {
  const [fresh, setFresh] = useState(none)
  const seen = useRef({ ids: new Set(calls.map((call) => call.id)), newest: newestOf(calls) })

  useEffect(() => {
    const { ids, newest } = seen.current
    const arrived = calls.filter((call) => !ids.has(call.id) && Date.parse(call.started_at) >= newest)
    for (const call of calls) ids.add(call.id)
    seen.current.newest = Math.max(newest, newestOf(calls))
    if (arrived.length > 0) setFresh(new Set(arrived.map((call) => call.id)))
  }, [calls])

  useEffect(() => {
    if (fresh.size === 0) return undefined
    const timer = setTimeout(() => setFresh(none), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [fresh])

  return fresh
}

function newestOf(calls: readonly ListedCall[]): number {
  return Math.max(0, ...calls.map((call) => Date.parse(call.started_at)))
}
