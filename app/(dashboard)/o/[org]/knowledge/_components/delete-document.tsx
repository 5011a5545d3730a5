'use client'

import { useRouter } from 'next/navigation.js'
import { useState } from 'react'

import { ConfirmDialog } from '#components/layout/confirm-dialog'
import { Button } from '#components/ui/button'
import { useToast } from '#components/ui/toast'

import * as words from '../../../../../../components/words/words.ts'
import { deleteDocumentAction } from '../actions.ts'

interface DeleteDocumentProps {
  org: string
  document: { id: string; title: string; used_by: string[] }
}

export function DeleteDocument({ org, document: { id, title, used_by: usedBy } }: DeleteDocumentProps) {
  const router = useRouter()
  const toast = useToast()
  const say = words.knowledge
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.delete}</Button>
      {isOpen && (
        <ConfirmDialog
          title={say.deleteTitle(title)}
          label={say.delete}
          look="danger"
          act={() => deleteDocumentAction({ id }, org)}
          onDone={() => {
            toast({ text: say.deleted })
            router.push(`/o/${org}/knowledge`)
          }}
          onClose={() => setOpen(false)}
          isLocal
        >
          <p>{say.deleteText}</p>
          {usedBy.length > 0 && <p>{say.usedBy(usedBy)}</p>}
        </ConfirmDialog>
      )}
    </>
  )
}
