'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { OrganisationSettings } from '#lib/features/organisations/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { setMaskingAction } from '../actions.ts'

/** Says what masking does now and to what is here already; the switch wants the name typed. */
export function MaskingSwitch({ org, settings: set }: { org: string; settings: OrganisationSettings }) {
  const say = useToast()
  const settings = words.settings
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const { run, isBusy, failure, clear } = useAct(
    (input: { masking: boolean; name: string }) => setMaskingAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setTyped('')
    clear()
  }
  const doSwitch = async () => {
    if (!(await run({ masking: !set.masking, name: typed }))) return
    say({ text: settings.switched })
    close()
  }
  const act = set.masking ? settings.switchOff : settings.switchOn
  return (
    <>
      <Notice
        tone={set.masking ? 'good' : 'warn'}
        title={set.masking ? settings.maskingOn : settings.maskingOff}
        {...(set.may_change ? { action: <Button onClick={() => setOpen(true)}>{act}</Button> } : {})}
      >
        {set.masking ? settings.maskingOnText : settings.maskingOffText}
        {!set.may_change && <span className="block text-muted">{settings.ownerOnly}</span>}
      </Notice>
      {set.masking && set.calls_with_sealed_digits > 0 && (
        <Notice tone="warn">{settings.held(set.calls_with_sealed_digits)}</Notice>
      )}
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={set.masking ? settings.offTitle : settings.onTitle}
        footer={
          <>
            <Button onClick={close}>{words.acts.cancel}</Button>
            <Button look="danger" busy={isBusy} blocked={typed !== set.name} onClick={() => void doSwitch()}>
              {act}
            </Button>
          </>
        }
      >
        <p>{set.masking ? settings.offText : settings.onText}</p>
        <FailureNotice failure={failure} />
        <Field label={settings.typeName(set.name)} error={failure?.fields['name']}>
          {(wiring) => (
            <Input
              {...wiring}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
            />
          )}
        </Field>
      </Dialog>
    </>
  )
}
