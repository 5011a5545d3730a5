'use client'

import { useRouter } from 'next/navigation.js'
import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../components/words/words.ts'
import { deleteDocumentAction } from '../actions.ts'

export function DeleteDocument({
  org,
  document,
}: {
  org: string
  document: { id: string; title: string; used_by: string[] }
}) {
  const router = useRouter()
  const toast = useToast()
  const say = words.knowledge
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure, clear } = useAct(
    (input: { id: string }) => deleteDocumentAction(input, org),
    words.acts.lost,
    { isLocal: true },
  )
  const close = () => {
    setOpen(false)
    clear()
  }
  const remove = async () => {
    if (!(await run({ id: document.id }))) return
    toast({ text: say.deleted })
    router.push(`/o/${org}/knowledge`)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.delete}</Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={say.deleteTitle(document.title)}
        footer={
          <>
            <Button onClick={close}>{words.acts.cancel}</Button>
            <Button look="danger" busy={isBusy} onClick={() => void remove()}>
              {say.delete}
            </Button>
          </>
        }
      >
        <p>{say.deleteText}</p>
        {document.used_by.length > 0 && <p>{say.usedBy(document.used_by)}</p>}
        <FailureNotice failure={failure} />
      </Dialog>
    </>
  )
}
