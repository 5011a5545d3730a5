'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'

type Hear = (ms: number, isPlaying: boolean) => void

/** What a player and a transcript of one page know of each other. */
export interface Listening {
  /** A player says how to move in it. Answers how to stop saying so. */
  attach(seek: (ms: number) => void): () => void
  /** Moves and plays; false where there is no player. */
  seek(ms: number): boolean
  /** Told where the sound is, some times a second while it plays. Answers how to stop hearing. */
  hear(hearer: Hear): () => void
  tell: Hear
}

function newListening(): Listening {
  const hearers = new Set<Hear>()
  let seek: ((ms: number) => void) | null = null
  return {
    attach(given) {
      seek = given
      return () => {
        if (seek === given) seek = null
      }
    },
    seek(ms) {
      seek?.(ms)
      return seek !== null
    },
    hear(hearer) {
      hearers.add(hearer)
      return () => hearers.delete(hearer)
    },
    tell(ms, isPlaying) {
      for (const hearer of hearers) hearer(ms, isPlaying)
    },
  }
}

const Here = createContext<Listening>(newListening())

export const useListening = (): Listening => useContext(Here)

/** Around a player and what follows it. */
export function ListeningProvider({ children }: { children: ReactNode }) {
  const [listening] = useState(newListening)
  return <Here value={listening}>{children}</Here>
}
