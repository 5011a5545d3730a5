'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { HoursFields } from '#components/records/hours-fields'
import { Button } from '#components/ui/button'
import { Switch } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { hoursIn } from '#lib/browser/hours-in'
import { useAct } from '#lib/browser/use-act'
import { presetHours } from '#lib/kernel/country-preset'

import * as words from '../../../../../../components/words/words.ts'
import { changeNumberAction } from '../actions.ts'
import { type Agents, AgentSelect } from './agent-select.tsx'
import type { ShownNumber } from './shown-number.ts'

interface ChangeDialogProps {
  subject: ShownNumber
  agents: Agents
  org: string
  onClose: () => void
}

/** What a number is for, who answers, and when. */
export function ChangeDialog({ subject, agents, org, onClose }: ChangeDialogProps) {
  const toast = useToast()
  const say = words.numbers
  const [hasHours, setHasHours] = useState(subject.hours !== null)
  const { run, isBusy, failure } = useAct(
    (input: Parameters<typeof changeNumberAction>[0]) => changeNumberAction(input, org),
    words.acts.lost,
  )
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = (name: string): string | null => textIn(form, name).trim() || null
    const changed = await run({
      id: subject.id,
      label: textIn(form, 'label'),
      provider: given('provider'),
      voice_agent: given('agent'),
      hours: hasHours ? hoursIn(form) : null,
      time_zone: hasHours ? textIn(form, 'time_zone') : subject.time_zone,
      fallback_number: given('fallback_number'),
    })
    if (!changed) return
    toast({ text: say.changed })
    onClose()
  }
  return (
    <Dialog isOpen onClose={onClose} title={say.changeTitle(subject.written)}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <FailureNotice failure={failure} />
        <Field label={say.label} help={say.labelHelp} error={failure?.fields['label']}>
          {(wiring) => (
            <Input {...wiring} name="label" defaultValue={subject.label} autoComplete="off" maxLength={120} />
          )}
        </Field>
        <Field label={say.provider} error={failure?.fields['provider']}>
          {(wiring) => (
            <Input
              {...wiring}
              name="provider"
              defaultValue={subject.provider ?? ''}
              autoComplete="off"
              maxLength={60}
            />
          )}
        </Field>
        <Field label={say.agent}>
          {(wiring) => <AgentSelect wiring={wiring} agents={agents} chosen={subject.voice_agent?.id ?? null} />}
        </Field>
        <Switch
          label={say.ownHours}
          help={say.ownHoursHelp}
          defaultChecked={hasHours}
          onChange={(event) => setHasHours(event.currentTarget.checked)}
        />
        {hasHours && (
          <>
            <HoursFields hours={subject.hours ?? presetHours} errors={failure?.fields ?? {}} prefix="hours" />
            <Field label={say.timeZone} error={failure?.fields['time_zone']}>
              {(wiring) => <Input {...wiring} name="time_zone" defaultValue={subject.time_zone} autoComplete="off" />}
            </Field>
          </>
        )}
        <Field label={say.fallback} help={say.fallbackHelp} error={failure?.fields['fallback_number']}>
          {(wiring) => (
            <Input
              {...wiring}
              type="tel"
              name="fallback_number"
              defaultValue={subject.fallback_number ?? ''}
              autoComplete="off"
            />
          )}
        </Field>
        <Button type="submit" look="primary" busy={isBusy}>
          {words.acts.save}
        </Button>
      </form>
    </Dialog>
  )
}
