'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../components/words/words.ts'
import { acceptInvitationAction } from '../actions.ts'

interface AcceptFormProps {
  token: string
  shown: { organisation: string; role: string; email: string }
}

/** A name and a password make the account; who has one gives its password. */
export function AcceptForm({ token, shown }: AcceptFormProps) {
  const [isDone, setDone] = useState(false)
  const { run, isBusy, failure } = useAct(acceptInvitationAction, words.acts.lost, { isLocal: true })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (await run({ token, name: textIn(form, 'name'), password: textIn(form, 'password') })) setDone(true)
  }
  if (isDone) {
    return (
      <div className="flex flex-col gap-4">
        <Notice tone="good" title={words.invitation.doneTitle} role="status">
          {words.signUp.done}
        </Notice>
        <LinkButton href="/sign-in">{words.signUp.signIn}</LinkButton>
      </div>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
      <p>{words.invitation.to(shown.organisation, words.invitation.roles[shown.role] ?? shown.role)}</p>
      <FailureNotice failure={failure} />
      <Field label={words.signUp.email}>
        {(wiring) => <Input {...wiring} value={shown.email} autoComplete="username" readOnly />}
      </Field>
      <Field label={words.signUp.name} help={words.invitation.nameHelp} error={failure?.fields['name']}>
        {(wiring) => <Input {...wiring} name="name" autoComplete="name" maxLength={120} />}
      </Field>
      <Field label={words.signUp.password} help={words.signUp.passwordHelp} error={failure?.fields['password']}>
        {(wiring) => <PasswordInput {...wiring} name="password" autoComplete="new-password" required />}
      </Field>
      <Button type="submit" look="primary" wide busy={isBusy}>
        {words.invitation.accept}
      </Button>
    </form>
  )
}
