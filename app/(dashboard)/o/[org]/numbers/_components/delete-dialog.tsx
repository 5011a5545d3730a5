'use client'

import { ConfirmDialog } from '#components/layout/confirm-dialog'
import { useToast } from '#components/ui/toast'

import * as words from '../../../../../../components/words/words.ts'
import { deleteNumberAction } from '../actions.ts'
import type { ShownNumber } from './shown-number.ts'

export function DeleteDialog({ subject, org, onClose }: { subject: ShownNumber; org: string; onClose: () => void }) {
  const toast = useToast()
  const say = words.numbers
  return (
    <ConfirmDialog
      title={say.deleteTitle(subject.written)}
      label={say.delete}
      look="danger"
      act={() => deleteNumberAction({ id: subject.id }, org)}
      onDone={() => toast({ text: say.deleted })}
      onClose={onClose}
    >
      <p>{say.deleteText}</p>
    </ConfirmDialog>
  )
}
