'use client'

import { type SubmitEvent, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { NavLink } from '#components/ui/nav-link'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { KnowledgeAnswer } from '#lib/features/knowledge/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { askKnowledgeAction } from '../actions.ts'

/** A question, and the pieces that fit it best with their scores. */
export function AskBox({ org }: { org: string }) {
  const say = words.knowledge
  const [answer, setAnswer] = useState<KnowledgeAnswer | null>(null)
  const { run, isBusy, failure } = useAct(
    (input: { question: string }) => askKnowledgeAction(input, org),
    words.acts.lost,
    { isLocal: true },
  )
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setAnswer(await run({ question: textIn(event.currentTarget, 'question') }))
  }
  return (
    <section className="flex max-w-3xl flex-col gap-4 px-4 py-8">
      <h2 className="text-16 font-semibold">{say.ask}</h2>
      <form onSubmit={(event) => void submit(event)} className="flex items-end gap-2" noValidate>
        <div className="min-w-0 flex-1">
          <Field label={say.question} error={failure?.fields['question']}>
            {(wiring) => <Input {...wiring} name="question" autoComplete="off" maxLength={500} required />}
          </Field>
        </div>
        <Button type="submit" busy={isBusy}>
          {say.find}
        </Button>
      </form>
      <p className="text-12 text-muted">{say.askHelp}</p>
      <FailureNotice failure={failure} />
      <div role="status">
        {answer?.found.length === 0 && <p className="text-13">{say.nothing}</p>}
        {answer && answer.found.length > 0 && (
          <ol aria-label={say.found} className="flex flex-col gap-3">
            {answer.found.map((one) => (
              <li key={one.id} className="rounded-6 border border-line p-3 text-13">
                <p className="flex flex-wrap items-center justify-between gap-2 pb-1">
                  <NavLink href={`/o/${org}/knowledge/${one.document.id}`} className="text-accent">
                    {one.document.title}
                  </NavLink>
                  <Badge>{say.score(one.score)}</Badge>
                </p>
                <p dir="auto" className="break-words whitespace-pre-wrap">
                  {one.text}
                </p>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}
