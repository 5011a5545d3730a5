'use client'

import { type SubmitEvent, useRef, useState } from 'react'

import { sendSignIn } from '#lib/browser/send-sign-in'
import { useAwake } from '#lib/browser/use-awake'

import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordInput } from '../ui/password-input.tsx'
import * as words from '../words/words.ts'
import { useCountdown } from './use-countdown.ts'

interface SignInFormProps {
  action?: string
  hidden?: readonly { name: string; value: string }[]
  /** What a form posted without JavaScript came back with. */
  cameBack?: 'refused' | 'failed' | undefined
  limitedSeconds?: number | undefined
}

type Missing = { email?: string; password?: string }

/** A plain form that any browser can post; with JavaScript it stays on the page and speaks. */
export function SignInForm({
  action = '/api/auth/callback/credentials',
  hidden = [],
  cameBack,
  limitedSeconds,
}: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const isAwake = useAwake()
  const [isBusy, setBusy] = useState(false)
  const [message, setMessage] = useState<string | undefined>(cameBack && words.signIn[cameBack])
  const [missing, setMissing] = useState<Missing>({})
  const limit = useCountdown(limitedSeconds)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy || limit.isRunning) return
    const data = new FormData(event.currentTarget)
    const lacks = missingIn(data)
    setMissing(lacks)
    setMessage(undefined)
    if (lacks.email !== undefined || lacks.password !== undefined) {
      focusField(form.current, lacks.email === undefined ? 'password' : 'email')
      return
    }
    setBusy(true)
    const answer = await sendSignIn(action, data)
    // Stay busy while the next page loads.
    if (answer.kind === 'in') return location.assign(answer.to)
    setBusy(false)
    if (answer.kind === 'limited') limit.start(answer.seconds)
    else setMessage(words.signIn[answer.kind])
    if (answer.kind === 'refused') focusField(form.current, 'password')
  }

  return (
    <form
      ref={form}
      method="post"
      action={action}
      noValidate={isAwake}
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-5"
    >
      {hidden.map((one) => (
        <input key={one.name} type="hidden" name={one.name} value={one.value} />
      ))}
      <div role="alert" className="empty:hidden">
        {limit.started !== undefined && limit.isRunning && (
          <Notice tone="warn">{words.signIn.limited(limit.started)}</Notice>
        )}
        {limit.isOver && message === undefined && <Notice tone="info">{words.signIn.unlocked}</Notice>}
        {message !== undefined && !limit.isRunning && <Notice tone="bad">{message}</Notice>}
      </div>
      <Field label={words.signIn.email} error={missing.email}>
        {(wiring) => (
          <Input
            {...wiring}
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={254}
          />
        )}
      </Field>
      <Field label={words.signIn.password} error={missing.password}>
        {(wiring) => (
          <PasswordInput {...wiring} name="password" autoComplete="current-password" required maxLength={256} />
        )}
      </Field>
      <Button type="submit" look="primary" wide busy={isBusy} blocked={limit.isRunning && isAwake}>
        {isBusy
          ? words.signIn.submitting
          : limit.isRunning && isAwake
            ? words.signIn.waiting(limit.clock)
            : words.signIn.submit}
      </Button>
    </form>
  )
}

function missingIn(data: FormData): Missing {
  return {
    ...(isBlank(data.get('email')) ? { email: words.signIn.emailMissing } : {}),
    ...(data.get('password') === '' ? { password: words.signIn.passwordMissing } : {}),
  }
}

const isBlank = (value: FormDataEntryValue | null): boolean => typeof value !== 'string' || value.trim() === ''

function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name)
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.select()
}
