'use client'

import { useActionState } from 'react'

import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'

import * as words from '../../../components/words/words.ts'
import { signInAction } from '../actions.ts'

/** Posts to whatever address the page was reached by, so that the address is in no file the browser loads. */
export function OperatorSignInForm() {
  const [answer, submit, isBusy] = useActionState(signInAction, null)
  return (
    <form action={submit} className="flex flex-col gap-5">
      <div role="alert" className="empty:hidden">
        {answer?.ok === false && <Notice tone="bad">{answer.message}</Notice>}
      </div>
      <Field label={words.signIn.email}>
        {(wiring) => <Input {...wiring} type="email" name="email" autoComplete="username" required maxLength={254} />}
      </Field>
      <Field label={words.signIn.password}>
        {(wiring) => (
          <PasswordInput {...wiring} name="password" autoComplete="current-password" required maxLength={256} />
        )}
      </Field>
      <Button type="submit" look="primary" wide busy={isBusy}>
        {words.signIn.submit}
      </Button>
    </form>
  )
}
