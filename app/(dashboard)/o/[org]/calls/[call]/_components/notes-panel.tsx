'use client'

import { type KeyboardEvent, type SubmitEvent, useRef } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { TextArea } from '#components/ui/text-area'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { ShownNote } from '#lib/features/notes/shapes'

import { useSaid } from '../../../../../../../components/records/use-said.ts'
import * as words from '../../../../../../../components/words/words.ts'
import { addNoteAction } from '../actions.ts'
import { NoteItem } from './note-item.tsx'

interface NotesPanelProps {
  org: string
  call: string
  notes: readonly ShownNote[]
  /** Masking is on: said before somebody types a number in vain. */
  isMasked: boolean
}

/** What people wrote about a call, and the place to write more. What was typed stays until it is stored. */
export function NotesPanel({ org, call, notes, isMasked }: NotesPanelProps) {
  const says = words.callPage.notes
  const say = useToast()
  const [shown, setShown] = useSaid(notes)
  const form = useRef<HTMLFormElement>(null)
  const { run, isBusy, failure } = useAct((text: string) => addNoteAction({ id: call, text }, org), words.acts.lost, {
    isLocal: true,
  })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('text')
    if (typeof typed !== 'string' || typed.trim() === '' || isBusy) return
    const added = await run(typed)
    if (!added) return
    setShown((before) => [...before.filter(({ id }) => id !== added.note.id), added.note])
    form.current?.reset()
    say({ text: says.added })
  }
  return (
    <div className="flex flex-col gap-3">
      {shown.length === 0 ? (
        <p className="text-13 text-muted">{says.none}</p>
      ) : (
        <ul className="flex flex-col">
          {shown.map((note) => (
            <NoteItem
              key={note.id}
              org={org}
              note={note}
              onChange={(next) => setShown((before) => before.map((one) => (one.id === next.id ? next : one)))}
              onGone={() => setShown((before) => before.filter((one) => one.id !== note.id))}
            />
          ))}
        </ul>
      )}
      <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-2">
        <TextArea
          name="text"
          aria-label={says.label}
          placeholder={says.placeholder}
          maxLength={4_000}
          rows={2}
          onKeyDown={submitByKey}
        />
        <div className="flex flex-wrap items-center justify-between gap-2">
          {isMasked ? <p className="min-w-0 flex-1 text-12 text-muted">{says.masked}</p> : <span />}
          <Button type="submit" busy={isBusy}>
            {says.add}
          </Button>
        </div>
        <FailureNotice failure={failure} />
      </form>
    </div>
  )
}

/** Enter is a new line; with Ctrl or ⌘ it sends. */
function submitByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}
