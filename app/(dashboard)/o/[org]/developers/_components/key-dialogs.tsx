'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { Keys } from '#lib/features/api-keys/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { revokeKeyAction } from '../actions.ts'

export type Key = Keys['data'][number]

interface KeyDialogProps {
  subject: Key | null
  org: string
  onClose: () => void
}

/** There is no way back, so the name is typed. */
export function RevokeDialog({ subject, org, onClose }: KeyDialogProps) {
  const say = useToast()
  const [typed, setTyped] = useState('')
  const { run, isBusy, failure } = useAct((input: { id: string }) => revokeKeyAction(input, org), words.acts.lost)
  if (!subject) return null
  const revoke = async () => {
    if (!(await run({ id: subject.id }))) return
    say({ text: words.developers.revoked })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.developers.revokeTitle(subject.name)}
      footer={
        <>
          <Button onClick={onClose}>{words.acts.cancel}</Button>
          <Button look="danger" busy={isBusy} blocked={typed.trim() !== subject.name} onClick={() => void revoke()}>
            {words.developers.revoke}
          </Button>
        </>
      }
    >
      <p>{words.developers.revokeText}</p>
      <FailureNotice failure={failure} />
      <Field label={words.developers.typeName}>
        {(wiring) => (
          <Input
            {...wiring}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
      </Field>
    </Dialog>
  )
}
