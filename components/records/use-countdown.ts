'use client'

import { useEffect, useState } from 'react'

import { offsetClock } from './duration.tsx'

interface Countdown {
  /** Seconds it began with. */
  started: number | undefined
  isRunning: boolean
  /** It ran and has ended. */
  isOver: boolean
  /** `14:59` */
  clock: string
  start: (seconds: number) => void
}

/** Runs down to zero by the clock on the wall, so that a sleeping tab is not held longer. */
export function useCountdown(initialSeconds?: number): Countdown {
  const [run, setRun] = useState(initialSeconds === undefined ? undefined : { seconds: initialSeconds })
  const [left, setLeft] = useState(initialSeconds ?? 0)

  useEffect(() => {
    if (!run) return undefined
    const until = Date.now() + run.seconds * 1000
    const timer = setInterval(() => {
      const remaining = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      setLeft(remaining)
      if (remaining === 0) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [run])

  const start = (seconds: number) => {
    setRun({ seconds })
    setLeft(seconds)
  }
  return {
    started: run?.seconds,
    isRunning: left > 0,
    isOver: run !== undefined && left === 0,
    clock: offsetClock(left * 1000),
    start,
  }
}
