'use client'

import { useRouter } from 'next/navigation.js'
import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../components/words/words.ts'
import { addVoiceAgentAction } from '../actions.ts'

/** Asks for a name and goes on to what it says. */
export function AddVoiceAgentButton({ org }: { org: string }) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure, clear } = useAct(
    (input: { name: string }) => addVoiceAgentAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const made = await run({ name: textIn(event.currentTarget, 'name') })
    if (made) router.push(`/o/${org}/config/${made.id}`)
  }
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
        {words.agents.add}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={words.agents.add}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <FailureNotice failure={failure} />
          <Field label={words.agents.name} help={words.agents.nameHelp} error={failure?.fields['name']}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="off" maxLength={120} required />}
          </Field>
          <Button type="submit" look="primary" busy={isBusy}>
            {words.agents.make}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
