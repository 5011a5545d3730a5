import type { ReactNode } from 'react'

import { Notice } from '../ui/notice.tsx'
import * as words from '../words/words.ts'

export function SuspendedNotice() {
  return (
    <Notice tone="bad" title={words.states.suspended.title}>
      {words.states.suspended.text}
    </Notice>
  )
}

export function KeyDisabledNotice() {
  return (
    <Notice tone="bad" title={words.states.keyDisabled.title}>
      {words.states.keyDisabled.text}
    </Notice>
  )
}

export function PlanLimitNotice({ action }: { action?: ReactNode }) {
  return (
    <Notice tone="warn" title={words.states.planLimit.title} action={action}>
      {words.states.planLimit.text}
    </Notice>
  )
}

export function PartialNotice({ action }: { action?: ReactNode }) {
  return (
    <Notice tone="warn" title={words.states.partial.title} action={action}>
      {words.states.partial.text}
    </Notice>
  )
}
