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

import * as words from '../../../../../../components/words/words.ts'
import { addNumberAction } from '../actions.ts'
import { type Agents, AgentSelect } from './agent-select.tsx'

export function AddNumberButton({ agents, org }: { agents: Agents; org: string }) {
  const toast = useToast()
  const say = words.numbers
  const [isOpen, setOpen] = useState(false)
  const { run, isBusy, failure, clear } = useAct(
    (input: Parameters<typeof addNumberAction>[0]) => addNumberAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const [provider, agent] = [textIn(form, 'provider').trim(), textIn(form, 'agent')]
    const made = await run({
      number: textIn(form, 'number'),
      label: textIn(form, 'label'),
      ...(provider === '' ? {} : { provider }),
      ...(agent === '' ? {} : { voice_agent: agent }),
    })
    if (!made) return
    toast({ text: say.added })
    close()
  }
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
        {say.add}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={say.add}>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <FailureNotice failure={failure} />
          <Field label={say.number} help={say.numberHelp} error={failure?.fields['number']}>
            {(wiring) => <Input {...wiring} type="tel" name="number" autoComplete="off" required />}
          </Field>
          <Field label={say.label} help={say.labelHelp} error={failure?.fields['label']}>
            {(wiring) => <Input {...wiring} name="label" autoComplete="off" maxLength={120} />}
          </Field>
          <Field label={say.provider} error={failure?.fields['provider']}>
            {(wiring) => <Input {...wiring} name="provider" autoComplete="off" maxLength={60} />}
          </Field>
          <Field label={say.agent}>{(wiring) => <AgentSelect wiring={wiring} agents={agents} chosen={null} />}</Field>
          <Button type="submit" look="primary" busy={isBusy}>
            {say.make}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
