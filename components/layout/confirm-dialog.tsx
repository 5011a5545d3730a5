'use client'

import type { ReactNode } from 'react'

import { type Answer, useAct } from '#lib/browser/use-act'

import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import * as words from '../words/words.ts'
import { FailureNotice } from './failure-notice.tsx'

interface ConfirmDialogProps<Value> {
  title: string
  /** What will be so, and what stays. */
  children: ReactNode
  /** The word of the act. */
  label: string
  look: 'primary' | 'danger'
  act: () => Promise<Answer<Value>>
  onDone: (value: Value) => void
  onClose: () => void
  /** The page goes elsewhere when it is done and is not drawn anew before. */
  isLocal?: boolean
}

/** Asks once before an act. Stands only while it is open. */
export function ConfirmDialog<Value>(props: ConfirmDialogProps<Value>) {
  const { title, children, label, look, act, onDone, onClose, isLocal = false } = props
  const { run, isBusy, failure } = useAct(act, words.acts.lost, { isLocal })
  const confirm = async () => {
    const value = await run(undefined)
    if (value === null) return
    onDone(value)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{words.acts.cancel}</Button>
          <Button look={look} busy={isBusy} onClick={() => void confirm()}>
            {label}
          </Button>
        </>
      }
    >
      {children}
      <FailureNotice failure={failure} />
    </Dialog>
  )
}
