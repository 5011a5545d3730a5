'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../../components/words/words.ts'
import { revealCallerAction } from '../actions.ts'

/** One number, for a reason that is written down. It is gone with the dialog: nothing keeps it. */
export function RevealNumber({ org, call }: { org: string; call: string }) {
  const says = words.callPage.reveal
  const [isOpen, setOpen] = useState(false)
  const [shown, show] = useState<{ digits: string; revealed_today: number } | null>(null)
  const { run, isBusy, failure, clear } = useAct(
    (input: { id: string; reason: string }) => revealCallerAction(input, org),
    words.acts.lost,
    { isLocal: true },
  )
  const close = () => {
    setOpen(false)
    show(null)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    show(await run({ id: call, reason: textIn(event.currentTarget, 'reason') }))
  }
  return (
    <>
      <Button look="quiet" icon="eye" onClick={() => setOpen(true)}>
        {says.open}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={says.title}>
        {shown ? (
          <>
            <p className="text-20 font-semibold tabular-nums">{shown.digits}</p>
            <p className="text-13 text-muted">{says.counted(shown.revealed_today)}</p>
            <Button onClick={close}>{words.shell.close}</Button>
          </>
        ) : (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <FailureNotice failure={failure} />
            <Field label={says.reason} help={says.reasonHelp} error={failure?.fields['reason']}>
              {(wiring) => <Input {...wiring} name="reason" maxLength={300} autoComplete="off" required />}
            </Field>
            <Button type="submit" look="primary" busy={isBusy}>
              {says.submit}
            </Button>
          </form>
        )}
      </Dialog>
    </>
  )
}
