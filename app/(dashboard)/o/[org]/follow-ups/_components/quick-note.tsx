'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { TextArea } from '#components/ui/text-area'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../components/words/words.ts'
import { addNoteAction } from '../../calls/[call]/actions.ts'

/** A note from the queue: one tap to begin, one to keep. What was typed stays until it is stored. */
export function QuickNote({ org, call }: { org: string; call: string }) {
  const says = words.work.followUps
  const say = useToast()
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure } = useAct((text: string) => addNoteAction({ id: call, text }, org), words.acts.lost, {
    isLocal: true,
  })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = textIn(event.currentTarget, 'text').trim()
    if (text === '' || isBusy || !(await run(text))) return
    setOpen(false)
    say({ text: says.noted })
  }
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{says.note}</Button>
  return (
    <form onSubmit={(event) => void submit(event)} className="flex basis-full flex-col gap-2">
      <TextArea name="text" aria-label={says.noteLabel} placeholder={says.noteLabel} maxLength={4_000} rows={2} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={() => setOpen(false)}>
          {words.acts.cancel}
        </Button>
        <Button type="submit" look="primary" busy={isBusy}>
          {says.noteSave}
        </Button>
      </div>
      <FailureNotice failure={failure} />
    </form>
  )
}
