'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { GroupChip } from '#components/records/group-chip'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import { textIn } from '#lib/browser/form-text'
import type { ShownTag } from '#lib/features/call-work/shapes'
import { type GroupColour, groupColours } from '#lib/kernel/group-colour'

import * as words from '../../../../../../components/words/words.ts'
import { changeTagAction, createTagAction, deleteTagAction } from '../actions.ts'

interface TagEditorProps {
  org: string
  tags: readonly ShownTag[]
}

/** The organisation's tags: made, renamed and deleted by who manages calls. */
export function TagEditor({ org, tags }: TagEditorProps) {
  const says = words.work.tags
  const say = useToast()
  const [isOpen, setOpen] = useState(false)
  const [editing, edit] = useState<ShownTag | null>(null)
  const [dropping, drop] = useState<ShownTag | null>(null)
  const save = useAct(
    (tag: { id?: string; name: string; colour: GroupColour }) =>
      tag.id === undefined
        ? createTagAction({ name: tag.name, colour: tag.colour }, org)
        : changeTagAction({ id: tag.id, name: tag.name, colour: tag.colour }, org),
    words.acts.lost,
  )
  const remove = useAct((id: string) => deleteTagAction({ id }, org), words.acts.lost)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const colour = groupColours.find((one) => one === textIn(form, 'colour')) ?? 'sky'
    const done = await save.run({ ...(editing ? { id: editing.id } : {}), name: textIn(form, 'name'), colour })
    if (!done) return
    edit(null)
    form.reset()
  }
  const confirm = async () => {
    const gone = dropping && (await remove.run(dropping.id))
    if (!gone) return
    drop(null)
    say({ text: says.dropped(gone.calls) })
  }
  return (
    <>
      <Button icon="tag" onClick={() => setOpen(true)}>
        {says.title}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={says.title}>
        <FailureNotice failure={save.failure ?? remove.failure} />
        {tags.length === 0 && <p className="text-13 text-muted">{says.none}</p>}
        <ul className="flex flex-col">
          {tags.map((tag) => (
            <li key={tag.id} className="flex min-h-9 items-center gap-2 touch:min-h-11">
              <span className="min-w-0 flex-1">
                <GroupChip colour={tag.colour} name={tag.name} />
              </span>
              <Button look="quiet" icon="cog" aria-label={says.edit(tag.name)} onClick={() => edit(tag)} />
              <Button look="quiet" icon="close" aria-label={says.drop(tag.name)} onClick={() => drop(tag)} />
            </li>
          ))}
        </ul>
        {dropping && (
          <div className="flex flex-wrap items-center gap-2 text-13">
            <p className="min-w-0 flex-1">{says.dropHelp}</p>
            <Button onClick={() => drop(null)}>{words.acts.cancel}</Button>
            <Button look="danger" busy={remove.isBusy} onClick={() => void confirm()}>
              {says.drop(dropping.name)}
            </Button>
          </div>
        )}
        <form
          key={editing?.id ?? ''}
          onSubmit={(event) => void submit(event)}
          className="grid grid-cols-2 items-end gap-3"
        >
          <Field label={says.name} error={save.failure?.fields['name']}>
            {(wiring) => (
              <Input
                {...wiring}
                name="name"
                required
                maxLength={60}
                defaultValue={editing?.name ?? ''}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label={says.colour}>
            {(wiring) => (
              <Select {...wiring} name="colour" defaultValue={editing?.colour ?? 'sky'}>
                {groupColours.map((one) => (
                  <option key={one} value={one}>
                    {says.colours[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="col-span-2 flex justify-end gap-2">
            {editing && <Button onClick={() => edit(null)}>{words.acts.cancel}</Button>}
            <Button type="submit" look="primary" busy={save.isBusy}>
              {editing ? words.acts.save : says.make}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
