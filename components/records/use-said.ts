'use client'

import { type Dispatch, type SetStateAction, useState } from 'react'

/**
 * What the server said, kept as state so that an act can show what came of it at once. A page drawn anew says something new,
 * by identity, and that wins over whatever was shown: people see one another's work. What is being typed is no part of it.
 */
export function useSaid<Said>(said: Said): [Said, Dispatch<SetStateAction<Said>>] {
  const [heard, setHeard] = useState(() => said)
  const [now, setNow] = useState(() => said)
  if (!Object.is(heard, said)) {
    setHeard(() => said)
    setNow(() => said)
    return [said, setNow]
  }
  return [now, setNow]
}
