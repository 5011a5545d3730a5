'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../../components/words/words.ts'
import { renameVoiceAgentAction } from '../../actions.ts'

export function RenameButton({ agent, org }: { agent: { id: string; name: string }; org: string }) {
  const say = useToast()
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure, clear } = useAct(
    (input: { id: string; name: string }) => renameVoiceAgentAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!(await run({ id: agent.id, name: textIn(event.currentTarget, 'name') }))) return
    say({ text: words.agents.renamed })
    close()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.agents.rename}</Button>
      <Dialog isOpen={isOpen} onClose={close} title={words.agents.rename}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <FailureNotice failure={failure} />
          <Field label={words.agents.name} help={words.agents.nameHelp} error={failure?.fields['name']}>
            {(wiring) => (
              <Input {...wiring} name="name" defaultValue={agent.name} autoComplete="off" maxLength={120} required />
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
