'use client'

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react'

import { quarters, SECOND_MS, seconds, tickEveryMs, type Ticker } from '#lib/browser/ticker'
import { DEFAULT_TIME_ZONE } from '#lib/kernel/time'

interface ClockFace {
  timeZone: string
  country: string
  /** The moment the server drew the page, where the page says it. */
  drawnAt: number | undefined
}

const Face = createContext<ClockFace>({ timeZone: DEFAULT_TIME_ZONE, country: '', drawnAt: undefined })

interface ClockProps {
  now: number
  timeZone: string
  country: string
  children: ReactNode
}

/** One zone, one "now" and one way of writing money for all of a page: the organisation's, not the device's. */
export function Clock({ now, timeZone, country, children }: ClockProps) {
  const face = useMemo(() => ({ timeZone, country, drawnAt: now }), [now, timeZone, country])
  return <Face value={face}>{children}</Face>
}

export const useTimeZone = (): string => useContext(Face).timeZone
export const useCountry = (): string => useContext(Face).country

/** Milliseconds now, moving on as often as a moment that long ago needs it. The first paint uses the server's. */
export function useNow(at: number): number {
  const { drawnAt } = useContext(Face)
  // Chosen by the time drawn last: a moment grows old while it is looked at.
  const [ticker, choose] = useState(() => tickerFor(at, drawnAt ?? Date.now()))
  const now = useSyncExternalStore(ticker.subscribe, ticker.read, () => drawnAt ?? wholeSecond())
  const fitting = tickerFor(at, now)
  if (fitting !== ticker) choose(fitting)
  return now
}

/** Still for long enough that one drawing of a page agrees with itself. */
const wholeSecond = (): number => Math.floor(Date.now() / 1000) * 1000

function tickerFor(at: number, now: number): Ticker {
  return tickEveryMs(at, now) === SECOND_MS ? seconds : quarters
}
