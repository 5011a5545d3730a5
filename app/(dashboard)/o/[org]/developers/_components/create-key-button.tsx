'use client'

import { type SubmitEvent, useId, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { SecretOnce } from '#components/ui/secret-once'
import { Select } from '#components/ui/select'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import { type KeyScope, keyScopes } from '#lib/kernel/key-scope'

import * as words from '../../../../../../components/words/words.ts'
import { createKeyAction } from '../actions.ts'

interface Wanted {
  name: string
  environment: 'live' | 'test'
  scopes: KeyScope[]
  lifetime_days: number
}

const lifetimes = [30, 90, 365] as const

/** A form that makes a key, and the key's only appearance. */
export function CreateKeyButton({ org }: { org: string }) {
  const [isOpen, setOpen] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const { run, isBusy, failure, clear } = useAct((input: Wanted) => createKeyAction(input, org), words.acts.lost)
  const scopesError = failure?.fields['scopes']
  const scopesErrorId = useId()
  const close = () => {
    setOpen(false)
    setKey(null)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const made = await run({
      name: textIn(form, 'name'),
      environment: textIn(form, 'environment') === 'test' ? 'test' : 'live',
      scopes: keyScopes.filter((scope) => textIn(form, scope) === 'on'),
      lifetime_days: Number(textIn(form, 'lifetime')),
    })
    if (made) setKey(made.key)
  }
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
        {words.developers.create}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={key === null ? words.developers.createTitle : words.developers.madeTitle}
        isHeld={key !== null}
      >
        {key === null ? (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <FailureNotice failure={failure} />
            <Field label={words.developers.name} help={words.developers.nameHelp} error={failure?.fields['name']}>
              {(wiring) => <Input {...wiring} name="name" autoComplete="off" maxLength={120} required />}
            </Field>
            <Field label={words.developers.environment}>
              {(wiring) => (
                <Select {...wiring} name="environment" defaultValue="live">
                  <option value="live">{words.developers.environments.live}</option>
                  <option value="test">{words.developers.environments.test}</option>
                </Select>
              )}
            </Field>
            <fieldset aria-describedby={scopesError === undefined ? undefined : scopesErrorId}>
              <legend className="text-13 font-medium">{words.developers.scopes}</legend>
              {keyScopes.map((scope) => (
                <Checkbox
                  key={scope}
                  name={scope}
                  defaultChecked={scope === 'calls.ingest'}
                  label={words.developers.scopeNames[scope]}
                  {...(scope === 'numbers.view' ? { help: words.developers.scopeHelp[scope] } : {})}
                />
              ))}
              {scopesError !== undefined && (
                <p id={scopesErrorId} className="flex items-start gap-1.5 text-13 text-bad">
                  <Icon name="bad" className="mt-0.5" />
                  {scopesError}
                </p>
              )}
            </fieldset>
            <Field label={words.developers.lifetime}>
              {(wiring) => (
                <Select {...wiring} name="lifetime" defaultValue="90">
                  {lifetimes.map((days) => (
                    <option key={days} value={days}>
                      {words.developers.days(days)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit" look="primary" busy={isBusy}>
              {words.developers.make}
            </Button>
          </form>
        ) : (
          <SecretOnce value={key} onStored={close} />
        )}
      </Dialog>
    </>
  )
}
