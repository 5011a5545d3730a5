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
  const [started, setStarted] = useState(initialSeconds)
  const [left, setLeft] = useState(initialSeconds ?? 0)
  const [round, setRound] = useState(0)

  useEffect(() => {
    if (started === undefined) return
    const until = Date.now() + started * 1000
    const timer = setInterval(() => {
      const remaining = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      setLeft(remaining)
      if (remaining === 0) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [started, round])

  const start = (seconds: number) => {
    setStarted(seconds)
    setLeft(seconds)
    setRound((before) => before + 1)
  }
  return { started, isRunning: left > 0, isOver: started !== undefined && left === 0, clock: offsetClock(left * 1000), start }
}
