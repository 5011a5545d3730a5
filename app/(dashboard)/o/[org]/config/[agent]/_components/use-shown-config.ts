import { useState } from 'react'

import { type AgentConfig, changesBetween } from '#lib/kernel/agent-config'

const isSame = (one: AgentConfig, other: AgentConfig): boolean => changesBetween(one, other).length === 0

/**
 * A key for the form of a config, which is made anew when the server says something else than the form: not when it says what
 * was just saved from it, so that nobody loses what they type meanwhile.
 */
export function useShownConfig(told: AgentConfig) {
  const [seen, setSeen] = useState(told)
  const [held, setHeld] = useState(told)
  const [key, setKey] = useState(0)
  if (!isSame(seen, told)) {
    setSeen(told)
    if (!isSame(held, told)) {
      setHeld(told)
      setKey(key + 1)
    }
  }
  return { key, saved: setHeld }
}
