'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { LinkButton } from '#components/ui/link-button'
import { NavLink } from '#components/ui/nav-link'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { Select } from '#components/ui/select'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import { countryPresets } from '#lib/kernel/country-preset'

import * as words from '../../../../components/words/words.ts'
import { signUpAction } from '../actions.ts'

const names = new Intl.DisplayNames(words.locale, { type: 'region' })

/** Five fields; the country brings currency, time zone, languages and hours. */
export function SignUpForm() {
  const [country, setCountry] = useState('NG')
  const [isDone, setDone] = useState(false)
  const { run, isBusy, failure } = useAct(signUpAction, words.acts.lost)
  const preset = countryPresets.find((one) => one.country === country)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = ['organisation', 'name', 'email', 'password'] as const
    const given = Object.fromEntries(fields.map((name) => [name, textIn(form, name)]))
    if (await run({ ...given, country })) setDone(true)
  }
  if (isDone) {
    return (
      <div className="flex flex-col gap-4">
        <Notice tone="good" title={words.signUp.doneTitle} role="status">
          {words.signUp.done}
        </Notice>
        <LinkButton href="/sign-in">{words.signUp.signIn}</LinkButton>
      </div>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
      <FailureNotice failure={failure} />
      <Field label={words.signUp.organisation} error={failure?.fields['organisation']}>
        {(wiring) => <Input {...wiring} name="organisation" autoComplete="organization" maxLength={120} required />}
      </Field>
      <Field
        label={words.signUp.country}
        help={preset && words.signUp.countryHelp(preset.currency, preset.timeZone, preset.law)}
        error={failure?.fields['country']}
      >
        {(wiring) => (
          <Select
            {...wiring}
            autoComplete="country"
            value={country}
            onChange={(event) => setCountry(event.currentTarget.value)}
          >
            {countryPresets.map((one) => (
              <option key={one.country} value={one.country}>
                {names.of(one.country)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={words.signUp.name} error={failure?.fields['name']}>
        {(wiring) => <Input {...wiring} name="name" autoComplete="name" maxLength={120} required />}
      </Field>
      <Field label={words.signUp.email} error={failure?.fields['email']}>
        {(wiring) => <Input {...wiring} name="email" type="email" autoComplete="username" required />}
      </Field>
      <Field label={words.signUp.password} help={words.signUp.passwordHelp} error={failure?.fields['password']}>
        {(wiring) => <PasswordInput {...wiring} name="password" autoComplete="new-password" required />}
      </Field>
      <Button type="submit" look="primary" wide busy={isBusy}>
        {words.signUp.submit}
      </Button>
      <p className="text-13 text-muted">
        {words.signUp.haveOne} <NavLink href="/sign-in">{words.signUp.signIn}</NavLink>
      </p>
    </form>
  )
}
