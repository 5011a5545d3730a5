'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { SecretOnce } from '#components/ui/secret-once'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { ListedProvider } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { disableProviderAction, enableProviderAction, rotateSecretAction } from '../actions.ts'
import { CheckLog } from './check-log.tsx'
import { RenameProvider } from './rename-provider.tsx'

/** A new secret, and on or off. What nothing signs has no secret to change. */
export function ProviderActs({ provider, org }: { provider: ListedProvider; org: string }) {
  const say = useToast()
  const [isOpen, setOpen] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const rotate = useAct((input: { id: string; secret?: string }) => rotateSecretAction(input, org), words.acts.lost)
  const flip = useAct(
    (input: { id: string }) =>
      provider.is_disabled ? enableProviderAction(input, org) : disableProviderAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setSecret(null)
    rotate.clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = textIn(event.currentTarget, 'secret')
    const made = await rotate.run({ id: provider.id, ...(typed === '' ? {} : { secret: typed }) })
    if (!made) return
    if (made.secret !== null) return setSecret(made.secret)
    say({ text: words.providers.rotated })
    close()
  }
  const switchIt = async () => {
    const wasOff = provider.is_disabled
    if (await flip.run({ id: provider.id }))
      say({ text: wasOff ? words.providers.switchedOn : words.providers.switchedOff })
  }
  return (
    <div className="flex flex-wrap gap-2">
      {provider.authenticity === 'unsigned' ? (
        <CheckLog provider={provider} org={org} />
      ) : (
        <Button onClick={() => setOpen(true)}>{words.providers.rotate}</Button>
      )}
      <Button busy={flip.isBusy} onClick={() => void switchIt()}>
        {provider.is_disabled ? words.providers.enable : words.providers.disable}
      </Button>
      <RenameProvider provider={provider} org={org} />
      <FailureNotice failure={flip.failure} />
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={words.providers.rotateTitle(provider.name)}
        isHeld={secret !== null}
      >
        {secret === null ? (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <p>{words.providers.rotateText}</p>
            <FailureNotice failure={rotate.failure} />
            <Field
              label={words.providers.newSecret}
              help={words.providers.newSecretHelp}
              error={rotate.failure?.fields['secret']}
            >
              {(wiring) => <Input {...wiring} name="secret" autoComplete="off" mono />}
            </Field>
            <Button type="submit" look="primary" busy={rotate.isBusy}>
              {words.acts.save}
            </Button>
          </form>
        ) : (
          <SecretOnce value={secret} label={words.providers.secretLabel} onStored={close} />
        )}
      </Dialog>
    </div>
  )
}
