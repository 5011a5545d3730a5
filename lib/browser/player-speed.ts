'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'player-speed'
const CHANGED = 'player-speed-changed'
export const speeds = [1, 1.5, 2] as const

/** A speed chosen once is a habit: kept in this browser. */
function keptSpeed(): number {
  try {
    return speeds.find((one) => String(one) === localStorage.getItem(KEY)) ?? 1
  } catch {
    return 1
  }
}

export function setSpeed(speed: number): void {
  try {
    localStorage.setItem(KEY, String(speed))
  } catch {
    return
  }
  dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void): () => void {
  addEventListener(CHANGED, onChange)
  addEventListener('storage', onChange)
  return () => {
    removeEventListener(CHANGED, onChange)
    removeEventListener('storage', onChange)
  }
}

export function useSpeed(): number {
  return useSyncExternalStore(subscribe, keptSpeed, () => 1)
}
