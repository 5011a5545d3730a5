'use client'

import { type SubmitEvent, useId, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { NavLink } from '#components/ui/nav-link'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { ReconciledCalls } from '#lib/features/calls/shapes'
import type { ListedProvider } from '#lib/features/providers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { reconcileCallsAction } from '../actions.ts'

const mostCharacters = 500_000

/** For what nothing signs: its calls, held against a log that was downloaded at the provider. */
export function CheckLog({ provider, org }: { provider: ListedProvider; org: string }) {
  const say = words.providers.log
  const [isOpen, setOpen] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const [result, setResult] = useState<ReconciledCalls | null>(null)
  const check = useAct(
    (input: Parameters<typeof reconcileCallsAction>[0]) => reconcileCallsAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setResult(null)
    setFile(null)
    setTooLarge(false)
    check.clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!file) return
    const [from, to] = [textIn(event.currentTarget, 'from'), textIn(event.currentTarget, 'to')]
    const log = await file.text()
    setTooLarge(log.length > mostCharacters)
    if (log.length > mostCharacters) return
    setResult(await check.run({ id: provider.id, log, ...(from === '' && to === '' ? {} : { whole: { from, to } }) }))
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.open}</Button>
      <Dialog isOpen={isOpen} onClose={close} title={say.title(provider.name)}>
        {result ? (
          <Outcome result={result} org={org} onClose={close} />
        ) : (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <p>{say.text}</p>
            <FailureNotice failure={check.failure} />
            <Field label={say.file} error={isTooLarge ? say.tooLarge : check.failure?.fields['log']}>
              {(wiring) => (
                <Input
                  {...wiring}
                  type="file"
                  accept=".csv,text/csv"
                  onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
                />
              )}
            </Field>
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-2 text-13 text-muted">{say.whole}</legend>
              <div className="grid grid-cols-2 gap-3">
                <Field label={say.from} error={check.failure?.fields['whole.from']}>
                  {(wiring) => <Input {...wiring} type="date" name="from" />}
                </Field>
                <Field label={say.to} error={check.failure?.fields['whole.to']}>
                  {(wiring) => <Input {...wiring} type="date" name="to" />}
                </Field>
              </div>
            </fieldset>
            <Button type="submit" look="primary" busy={check.isBusy} blocked={file === null}>
              {say.check}
            </Button>
          </form>
        )}
      </Dialog>
    </>
  )
}

function Outcome({ result, org, onClose }: { result: ReconciledCalls; org: string; onClose: () => void }) {
  const say = words.providers.log
  return (
    <div className="flex flex-col gap-4">
      <p role="status">
        {result.absent === null
          ? say.countsOnly(result.agrees, result.differs)
          : say.counts(result.agrees, result.differs, result.absent)}
        .
      </p>
      {result.unknown > 0 && <p>{say.unknown(result.unknown)}</p>}
      {result.unread > 0 && (
        <p>
          {say.unread(result.unread, result.unread_lines.join(', '))}
          {result.unread > result.unread_lines.length && ` ${say.andMore(result.unread - result.unread_lines.length)}`}
        </p>
      )}
      <Calls title={say.differing} ids={result.differing} count={result.differs} org={org} />
      <Calls title={say.missing} ids={result.missing} count={result.absent ?? 0} org={org} />
      <div>
        <Button onClick={onClose}>{words.providers.done}</Button>
      </div>
    </div>
  )
}

interface CallsProps {
  title: string
  /** The first few. */
  ids: readonly string[]
  count: number
  org: string
}

function Calls({ title, ids, count, org }: CallsProps) {
  const titleId = useId()
  if (ids.length === 0) return null
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} className="font-medium">
        {title}
      </h3>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {ids.map((id, at) => (
          <li key={id}>
            <NavLink href={`/o/${org}/calls/${id}`} className="underline">
              {words.providers.log.call(at + 1)}
            </NavLink>
          </li>
        ))}
      </ul>
      {count > ids.length && <p className="text-muted">{words.providers.log.andMore(count - ids.length)}</p>}
    </section>
  )
}
