'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { ListedProvider } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { renameProviderAction } from '../actions.ts'

export function RenameProvider({ provider, org }: { provider: ListedProvider; org: string }) {
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure } = useAct(
    (input: { id: string; name: string }) => renameProviderAction(input, org),
    words.acts.lost,
  )
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (await run({ id: provider.id, name: textIn(event.currentTarget, 'name') })) setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.developers.rename}</Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={words.developers.rename}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <FailureNotice failure={failure} />
          <Field label={words.providers.name} error={failure?.fields['name']}>
            {(wiring) => (
              <Input {...wiring} name="name" defaultValue={provider.name} maxLength={120} autoComplete="off" />
            )}
          </Field>
          <Button type="submit" look="primary" busy={isBusy}>
            {words.acts.save}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
