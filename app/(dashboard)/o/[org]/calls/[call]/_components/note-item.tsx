'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { RedactedText } from '#components/records/redaction-mark'
import { Time } from '#components/records/time'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextArea } from '#components/ui/text-area'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { ShownNote } from '#lib/features/notes/shapes'

import * as words from '../../../../../../../components/words/words.ts'
import { deleteNoteAction, editNoteAction } from '../actions.ts'

interface NoteItemProps {
  org: string
  note: ShownNote
  onChange: (note: ShownNote) => void
  onGone: () => void
}

export function NoteItem({ org, note, onChange, onGone }: NoteItemProps) {
  const says = words.callPage.notes
  const say = useToast()
  const [isEditing, setEditing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const author = note.is_own ? says.you : (note.author ?? says.gone)
  const edit = useAct((text: string) => editNoteAction({ note: note.id, text }, org), words.acts.lost, {
    isLocal: true,
  })
  const remove = useAct(() => deleteNoteAction({ note: note.id }, org), words.acts.lost, { isLocal: true })

  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('text')
    const saved = typeof typed === 'string' && typed.trim() !== '' ? await edit.run(typed) : null
    if (!saved) return
    onChange(saved.note)
    setEditing(false)
    say({ text: says.saved })
  }
  const doDelete = async () => {
    if (!(await remove.run(undefined))) return
    setAsking(false)
    say({ text: says.deleted })
    onGone()
  }
  return (
    <li aria-label={says.of(author)} className="flex flex-col gap-1.5 border-b border-line py-2 first:pt-0">
      <p className="flex flex-wrap items-center gap-x-2 text-12 text-muted">
        <span className="font-medium text-ink">{author}</span>
        <Time at={note.written_at} />
        {note.edited_at !== null && (
          <span>{note.edited_by === null ? says.edited : says.editedBy(note.edited_by)}</span>
        )}
      </p>
      {isEditing ? (
        <form onSubmit={(event) => void save(event)} className="flex flex-col gap-2">
          <TextArea name="text" aria-label={says.of(author)} defaultValue={note.text} maxLength={4_000} rows={2} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setEditing(false)}>{words.acts.cancel}</Button>
            <Button type="submit" look="primary" busy={edit.isBusy}>
              {words.acts.save}
            </Button>
          </div>
          <FailureNotice failure={edit.failure} />
        </form>
      ) : (
        <p dir="auto" className="text-13 leading-5 whitespace-pre-wrap">
          <RedactedText text={note.text} />
        </p>
      )}
      {note.may_change && !isEditing && (
        <div className="-ms-2 flex gap-1">
          <Button look="quiet" onClick={() => setEditing(true)}>
            {says.edit}
          </Button>
          <Button look="quiet" onClick={() => setAsking(true)}>
            {says.delete}
          </Button>
        </div>
      )}
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={says.deleteTitle}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{words.acts.cancel}</Button>
            <Button look="danger" busy={remove.isBusy} onClick={() => void doDelete()}>
              {says.delete}
            </Button>
          </>
        }
      >
        <p>{says.deleteText}</p>
        <FailureNotice failure={remove.failure} />
      </Dialog>
    </li>
  )
}
