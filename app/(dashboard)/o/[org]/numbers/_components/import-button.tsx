'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { useAct } from '#lib/browser/use-act'
import type { ImportedNumbers } from '#lib/features/phone-numbers/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { importNumbersAction } from '../actions.ts'

const mostCharacters = 200_000

/** Many numbers from a file, and afterwards what became of each row that was left out. */
export function ImportButton({ org }: { org: string }) {
  const say = words.numbers
  const [isOpen, setOpen] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const [isTooLarge, setTooLarge] = useState(false)
  const [result, setResult] = useState<ImportedNumbers | null>(null)
  const { run, isBusy, failure, clear } = useAct(
    (input: { list: string }) => importNumbersAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    setOpen(false)
    setFile(null)
    setTooLarge(false)
    setResult(null)
    clear()
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!file) return
    const list = await file.text()
    setTooLarge(list.length > mostCharacters)
    if (list.length <= mostCharacters) setResult(await run({ list }))
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.importList}</Button>
      <Dialog isOpen={isOpen} onClose={close} title={say.importTitle}>
        {result ? (
          <Outcome result={result} onClose={close} />
        ) : (
          <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
            <p>{say.importText}</p>
            <FailureNotice failure={failure} />
            <Field label={say.file} error={isTooLarge ? say.tooLarge : failure?.fields['list']}>
              {(wiring) => (
                <Input
                  {...wiring}
                  type="file"
                  accept=".csv,text/csv"
                  onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
                />
              )}
            </Field>
            <Button type="submit" look="primary" busy={isBusy} blocked={!file}>
              {say.bring}
            </Button>
          </form>
        )}
      </Dialog>
    </>
  )
}

function Outcome({ result, onClose }: { result: ImportedNumbers; onClose: () => void }) {
  const say = words.numbers
  return (
    <>
      <Notice tone={result.added > 0 ? 'good' : 'info'} role="status">
        {say.imported(result.added)}
      </Notice>
      {result.left_out.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{say.leftOut(result.left_out.length)}</h3>
          <ul className="text-13">
            {result.left_out.map(({ line, why }) => (
              <li key={line}>
                {say.line(line)}: {say.problems[why]}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Button look="primary" onClick={onClose}>
        {say.done}
      </Button>
    </>
  )
}
