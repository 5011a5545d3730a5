'use client'

import { useRouter } from 'next/navigation.js'
import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { MenuButton, MenuLine, MenuLink, MenuList } from '#components/ui/menu'
import { Popover } from '#components/ui/popover'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { ShownView } from '#lib/features/call-work/shapes'
import type { CallColumn } from '#lib/kernel/call-columns'
import { addressOf, type Fields, filterOf } from '#lib/kernel/list-address'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'
import { deleteViewAction, saveViewAction } from '../actions.ts'

interface ViewMenuProps {
  org: string
  path: string
  given: Fields
  columns: readonly CallColumn[]
  views: readonly ShownView[]
  mayShare: boolean
}

/** Filters and columns kept under a name: one's own and those others share. */
export function ViewMenu({ org, path, given, columns, views, mayShare }: ViewMenuProps) {
  const says = words.work.views
  const say = useToast()
  const router = useRouter()
  const [isSaving, setSaving] = useState(false)
  const current = views.find(({ id }) => id === given['view'])
  const save = useAct(
    (input: { name: string; is_shared: boolean }) =>
      saveViewAction({ ...input, query: filterOf(given), columns: [...columns] }, org),
    words.acts.lost,
  )
  const drop = useAct((id: string) => deleteViewAction({ id }, org), words.acts.lost)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = textIn(form, 'name').trim()
    const saved = await save.run({ name, is_shared: textIn(form, 'is_shared') === 'on' })
    if (!saved) return
    setSaving(false)
    say({ text: says.saved(name) })
    router.push(addressOf(path, { ...filterOf(given), view: saved.id }))
  }
  const remove = async () => {
    if (!current || !(await drop.run(current.id))) return
    say({ text: says.dropped })
    router.push(addressOf(path, filterOf(given)))
  }
  const mayDrop = current !== undefined && (current.is_own || mayShare)
  return (
    <>
      <Popover
        label={says.title}
        side="end"
        triggerClass={buttonClass('plain')}
        trigger={
          <>
            <Icon name="bookmark" />
            <span className="max-w-40 truncate">{current?.name ?? says.title}</span>
          </>
        }
      >
        {views.length === 0 && <p className="px-2.5 py-2 text-13 text-muted">{says.none}</p>}
        <MenuList>
          {views.map((view) => (
            <MenuLink
              key={view.id}
              href={addressOf(path, { ...view.query, view: view.id })}
              isOn={view.id === current?.id}
            >
              {view.is_shared ? `${view.name} · ${says.shared}` : view.name}
            </MenuLink>
          ))}
        </MenuList>
        <MenuLine />
        <MenuList>
          <MenuButton
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
              setSaving(true)
            }}
          >
            {says.save}
          </MenuButton>
          {mayDrop && <MenuButton onClick={() => void remove()}>{says.drop(current.name)}</MenuButton>}
        </MenuList>
        <FailureNotice failure={drop.failure} />
      </Popover>
      <Dialog isOpen={isSaving} onClose={() => setSaving(false)} title={says.saveTitle}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <FailureNotice failure={save.failure} />
          <Field label={says.name} error={save.failure?.fields['name']}>
            {(wiring) => <Input {...wiring} name="name" required maxLength={60} autoComplete="off" />}
          </Field>
          {mayShare && <Checkbox name="is_shared" label={says.share} />}
          <div className="flex justify-end">
            <Button type="submit" look="primary" busy={save.isBusy}>
              {words.acts.save}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
