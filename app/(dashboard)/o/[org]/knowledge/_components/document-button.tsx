'use client'

import { type SubmitEvent, useRef, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { TextArea } from '#components/ui/text-area'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { StoredDocument } from '#lib/features/knowledge/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { addDocumentAction, replaceDocumentAction } from '../actions.ts'

interface DocumentButtonProps {
  org: string
  /** Null: a new one. */
  document: { id: string; title: string; version: number } | null
}

interface Written {
  title: string
  text: string
  personal_data_is_meant: boolean
}

/** A form for a text. What it holds that callers should perhaps not hear is said before anything is stored. */
export function DocumentButton({ org, document }: DocumentButtonProps) {
  const toast = useToast()
  const say = words.knowledge
  const text = useRef<HTMLTextAreaElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isBadFile, setBadFile] = useState(false)
  const [held, setHeld] = useState<StoredDocument['held']>(null)
  const { run, isBusy, failure, clear } = useAct(
    (input: Written) =>
      document
        ? replaceDocumentAction({ ...input, id: document.id, version: document.version }, org)
        : addDocumentAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setHeld(null)
    setBadFile(false)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const stored = await run({
      title: textIn(form, 'title'),
      text: textIn(form, 'text'),
      personal_data_is_meant: textIn(form, 'meant') === 'on',
    })
    if (!stored) return
    setHeld(stored.held)
    if (stored.held) return
    toast({ text: document ? say.replaced : say.added(stored.chunks) })
    close()
  }
  const read = async (file: File | undefined) => {
    if (!file || !text.current) return
    const content = await file.text()
    const isText = !content.includes('\0') && !content.includes('\ufffd')
    setBadFile(!isText)
    if (isText) text.current.value = content
  }
  return (
    <>
      <Button look="primary" {...(document ? {} : { icon: 'plus' as const })} onClick={() => setOpen(true)}>
        {document ? say.replace : say.add}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={document ? say.replace : say.add}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <FailureNotice failure={failure} />
          <Field label={say.name} error={failure?.fields['title']}>
            {(wiring) => (
              <Input
                {...wiring}
                name="title"
                defaultValue={document?.title ?? ''}
                autoComplete="off"
                maxLength={200}
                required
              />
            )}
          </Field>
          <Field label={say.text} help={say.textHelp} error={failure?.fields['text']}>
            {(wiring) => <TextArea {...wiring} ref={text} name="text" rows={8} required />}
          </Field>
          <Field label={say.file} error={isBadFile ? say.notText : undefined}>
            {(wiring) => (
              <Input
                {...wiring}
                type="file"
                accept=".txt,.md,text/plain,text/markdown"
                onChange={(event) => void read(event.currentTarget.files?.[0])}
              />
            )}
          </Field>
          {held && (
            <Notice tone="warn" role="alert" title={say.held}>
              {say.heldText(held.numbers, held.emails)}
              <Checkbox name="meant" label={say.isMeant} />
            </Notice>
          )}
          <Button type="submit" look="primary" busy={isBusy}>
            {document ? say.save : say.make}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
