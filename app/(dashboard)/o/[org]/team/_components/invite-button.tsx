'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { SecretOnce } from '#components/ui/secret-once'
import { Select } from '#components/ui/select'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'

import * as words from '../../../../../../components/words/words.ts'
import { inviteAction } from '../actions.ts'

const roles = ['agent', 'admin', 'owner'] as const

/** A form that makes a link, and the link's only appearance. */
export function InviteButton({ org }: { org: string }) {
  const [isOpen, setOpen] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const [role, setRole] = useState<(typeof roles)[number]>('agent')
  const { run, isBusy, failure, clear } = useAct(
    (input: { email: string; role: (typeof roles)[number] }) => inviteAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setLink(null)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = textIn(event.currentTarget, 'email')
    const made = await run({ email, role })
    if (made) setLink(new URL(made.path, location.origin).href)
  }
  return (
    <>
      <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
        {words.team.invite}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={link === null ? words.team.inviteTitle : words.team.linkTitle}
        isHeld={link !== null}
      >
        {link === null ? (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <p className="text-13 text-muted">{words.team.inviteHelp}</p>
            <FailureNotice failure={failure} />
            <Field label={words.team.email} error={failure?.fields['email']}>
              {(wiring) => <Input {...wiring} name="email" type="email" autoComplete="off" required />}
            </Field>
            <Field label={words.team.role} help={words.team.roleHelp[role]}>
              {(wiring) => (
                <Select
                  {...wiring}
                  value={role}
                  onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'agent')}
                >
                  {roles.map((one) => (
                    <option key={one} value={one}>
                      {words.team.roles[one]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit" look="primary" busy={isBusy}>
              {words.team.makeLink}
            </Button>
          </form>
        ) : (
          <SecretOnce value={link} label={words.team.linkLabel} onStored={close} />
        )}
      </Dialog>
    </>
  )
}
