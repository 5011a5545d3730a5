'use client'

import type { SubmitEvent } from 'react'

import { textIn } from '#lib/browser/form-text'
import { type Answer, useAct } from '#lib/browser/use-act'

import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { useToast } from '../ui/toast.tsx'
import * as words from '../words/words.ts'
import { FailureNotice } from './failure-notice.tsx'

interface RenameDialogProps {
  /** What it is called now. */
  name: string
  help?: string
  act: (name: string) => Promise<Answer<unknown>>
  onClose: () => void
}

/** Another name for whatever has one. Stands only while it is open. */
export function RenameDialog({ name, help, act, onClose }: RenameDialogProps) {
  const say = useToast()
  const { run, isBusy, failure } = useAct(act, words.acts.lost)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if ((await run(textIn(event.currentTarget, 'name'))) === null) return
    say({ text: words.acts.renamed })
    onClose()
  }
  return (
    <Dialog isOpen onClose={onClose} title={words.acts.rename}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <FailureNotice failure={failure} />
        <Field label={words.acts.name} {...(help === undefined ? {} : { help })} error={failure?.fields['name']}>
          {(wiring) => (
            <Input {...wiring} name="name" defaultValue={name} maxLength={120} autoComplete="off" required />
          )}
        </Field>
        <Button type="submit" look="primary" busy={isBusy}>
          {words.acts.save}
        </Button>
      </form>
    </Dialog>
  )
}
