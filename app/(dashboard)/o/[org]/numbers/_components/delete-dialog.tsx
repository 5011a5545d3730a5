'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../components/words/words.ts'
import { deleteNumberAction } from '../actions.ts'
import type { ShownNumber } from './shown-number.ts'

export function DeleteDialog({ subject, org, onClose }: { subject: ShownNumber; org: string; onClose: () => void }) {
  const toast = useToast()
  const { run, isBusy, failure } = useAct((input: { id: string }) => deleteNumberAction(input, org), words.acts.lost)
  const remove = async () => {
    if (!(await run({ id: subject.id }))) return
    toast({ text: words.numbers.deleted })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.numbers.deleteTitle(subject.written)}
      footer={
        <>
          <Button onClick={onClose}>{words.acts.cancel}</Button>
          <Button look="danger" busy={isBusy} onClick={() => void remove()}>
            {words.numbers.delete}
          </Button>
        </>
      }
    >
      <p>{words.numbers.deleteText}</p>
      <FailureNotice failure={failure} />
    </Dialog>
  )
}
