'use client'

import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'

import { DEFAULT_TIME_ZONE } from '#lib/kernel/time'

const TICK_MS = 15_000

interface ClockFace {
  timeZone: string
  /** The moment the server drew the page, where the page says it. */
  drawnAt: number | undefined
}

const Face = createContext<ClockFace>({ timeZone: DEFAULT_TIME_ZONE, drawnAt: undefined })

/** One zone and one "now" for every time on a page: the organisation's, not the device's. */
export function Clock({ now, timeZone, children }: { now: number; timeZone: string; children: ReactNode }) {
  const face = useMemo(() => ({ timeZone, drawnAt: now }), [now, timeZone])
  return <Face value={face}>{children}</Face>
}

export const useTimeZone = (): string => useContext(Face).timeZone

/** Milliseconds now, moving on every quarter of a minute. The first paint uses the server's. */
export function useNow(): number {
  const { drawnAt } = useContext(Face)
  return useSyncExternalStore(subscribe, readNow, () => drawnAt ?? wholeSecond())
}

const listeners = new Set<() => void>()
let current = 0
let timer: ReturnType<typeof setInterval> | undefined

/** Still for long enough that one drawing of a page agrees with itself. */
const wholeSecond = (): number => Math.floor(Date.now() / 1000) * 1000

function readNow(): number {
  if (current === 0) current = Date.now()
  return current
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = Date.now()
    timer = setInterval(tick, TICK_MS)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function tick(): void {
  current = Date.now()
  for (const listener of listeners) listener()
}
