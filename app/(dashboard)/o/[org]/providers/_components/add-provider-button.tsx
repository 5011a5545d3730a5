'use client'

import { type SubmitEvent, useRef, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Copyable } from '#components/ui/copyable'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { SecretOnce } from '#components/ui/secret-once'
import { Select } from '#components/ui/select'
import { TextArea } from '#components/ui/text-area'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import { type ProviderKind, providerKinds } from '#lib/kernel/provider-kind'

import * as words from '../../../../../../components/words/words.ts'
import { addProviderAction } from '../actions.ts'
import { exampleSettings } from './example-settings.ts'
import { jsonObject } from './json-object.ts'
import { MappingTester } from './mapping-tester.tsx'

interface Wanted {
  kind: ProviderKind
  name: string
  environment: 'live' | 'test'
  settings: Record<string, unknown>
  secret?: string
}

/** A form that makes an address, shown with the secret when that was made here. */
export function AddProviderButton({ org }: { org: string }) {
  const [isOpen, setOpen] = useState(false)
  const [kind, setKind] = useState<ProviderKind>('retell')
  const [isJson, setJson] = useState(true)
  const [made, setMade] = useState<{ address: string; secret: string | null } | null>(null)
  const { run, isBusy, failure, clear } = useAct((input: Wanted) => addProviderAction(input, org), words.acts.lost)
  const say = words.providers
  const typed = useRef<HTMLTextAreaElement>(null)
  const close = () => {
    setOpen(false)
    setMade(null)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const settings = jsonObject(textIn(form, 'settings'))
    setJson(settings !== null)
    if (!settings) return
    const secret = textIn(form, 'secret')
    const answer = await run({
      kind,
      name: textIn(form, 'name'),
      environment: textIn(form, 'environment') === 'test' ? 'test' : 'live',
      settings,
      ...(secret === '' ? {} : { secret }),
    })
    if (answer) setMade(answer)
  }
  const example = exampleSettings[kind]
  const settingsError = isJson ? failureUnder(failure?.fields, 'settings') : say.notJson
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
        {say.add}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={made ? say.madeTitle : say.addTitle}
        isHeld={made !== null && made.secret !== null}
      >
        {made ? (
          <>
            <Copyable value={made.address} label={say.addressLabel} />
            {made.secret === null ? (
              <Button look="primary" onClick={close}>
                {say.done}
              </Button>
            ) : (
              <SecretOnce value={made.secret} label={say.secretLabel} onStored={close} />
            )}
          </>
        ) : (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <FailureNotice failure={failure} />
            <Field label={say.kind}>
              {(wiring) => (
                <Select
                  {...wiring}
                  value={kind}
                  onChange={(event) => {
                    clear()
                    setKind(providerKinds.find((one) => one === event.currentTarget.value) ?? 'retell')
                  }}
                >
                  {providerKinds.map((one) => (
                    <option key={one} value={one}>
                      {say.kinds[one]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={say.name} error={failure?.fields['name']}>
              {(wiring) => (
                <Input
                  {...wiring}
                  key={kind}
                  name="name"
                  defaultValue={say.kinds[kind]}
                  maxLength={120}
                  autoComplete="off"
                />
              )}
            </Field>
            <Field label={say.environment}>
              {(wiring) => (
                <Select {...wiring} name="environment" defaultValue="live">
                  <option value="live">{say.environments.live}</option>
                  <option value="test">{say.environments.test}</option>
                </Select>
              )}
            </Field>
            {kind !== 'africastalking' && (
              <Field label={say.secret} help={say.secretHelp[kind]} error={failure?.fields['secret']}>
                {(wiring) => <Input {...wiring} name="secret" autoComplete="off" mono />}
              </Field>
            )}
            {example !== null && (
              <Field
                label={say.settings}
                help={kind === 'vapi' || kind === 'twilio' || kind === 'generic' ? say.settingsHelp[kind] : undefined}
                error={settingsError}
              >
                {(wiring) => (
                  <TextArea
                    {...wiring}
                    key={kind}
                    ref={typed}
                    name="settings"
                    defaultValue={JSON.stringify(example, null, 2)}
                    rows={Math.min(16, JSON.stringify(example, null, 2).split('\n').length)}
                    spellCheck={false}
                  />
                )}
              </Field>
            )}
            {kind === 'generic' && <MappingTester org={org} settings={() => typed.current?.value ?? ''} />}
            <Button type="submit" look="primary" busy={isBusy}>
              {say.make}
            </Button>
          </form>
        )}
      </Dialog>
    </>
  )
}

/** What is wrong with a field or anything in it, with its place. */
function failureUnder(fields: Record<string, string> | undefined, name: string): string | undefined {
  const wrong = Object.entries(fields ?? {}).filter(([path]) => path === name || path.startsWith(`${name}.`))
  return wrong.length === 0 ? undefined : wrong.map(([path, text]) => `${path}: ${text}`).join('; ')
}
