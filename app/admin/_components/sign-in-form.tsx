'use client'

import { useActionState } from 'react'

import { signIn } from '../actions.ts'

/** Posts to whatever address the page was reached by, so that the address is in no file the browser loads. */
export function SignInForm() {
  const [answer, submit, isPending] = useActionState(signIn, undefined)
  return (
    <form action={submit}>
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit" disabled={isPending}>
        Sign in
      </button>
      <p role="status">{answer}</p>
    </form>
  )
}
