'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** True once scripts run on this page: what only they can do is offered from then on. */
export function useAwake(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
