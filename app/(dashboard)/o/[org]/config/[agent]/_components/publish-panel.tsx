'use client'

import type { SubmitEvent } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useToast } from '#components/ui/toast'
import { textIn } from '#lib/browser/form-text'
import { useAct } from '#lib/browser/use-act'
import type { VoiceAgentDetail } from '#lib/features/voice-agents/shapes'

import * as words from '../../../../../../../components/words/words.ts'
import { publishVersionAction } from '../../actions.ts'
import { ChangeList } from './change-list.tsx'

interface PublishPanelProps {
  agent: VoiceAgentDetail
  draft: NonNullable<VoiceAgentDetail['draft']>
  /** Somebody published since it was begun. */
  isBehind: boolean
  org: string
  onPublished: (number: number) => void
}

/** What the saved draft would change, why, and the act itself. */
export function PublishPanel({ agent, draft, isBehind, org, onPublished }: PublishPanelProps) {
  const say = useToast()
  const [last] = agent.versions
  const next = (last?.number ?? 0) + 1
  const { run, isBusy, failure } = useAct(
    (input: { id: string; note: string }) => publishVersionAction(input, org),
    words.acts.lost,
  )
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const made = await run({ id: agent.id, note: textIn(event.currentTarget, 'note') })
    if (!made) return
    onPublished(made.number)
    say({ text: words.agents.published(made.number) })
  }
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-16 font-semibold">{words.agents.changes}</h2>
      {agent.others_drafting.length > 0 && (
        <p className="text-13 text-muted">{words.agents.othersDrafting(agent.others_drafting)}</p>
      )}
      {last ? (
        <ChangeList from={last.config} to={draft.config} documents={agent.documents} same={words.agents.noChanges} />
      ) : (
        <p className="text-13 text-muted">{words.agents.firstVersion}</p>
      )}
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <FailureNotice failure={failure} />
        <Field label={words.agents.note} help={words.agents.noteHelp} error={failure?.fields['note']}>
          {(wiring) => <Input {...wiring} name="note" maxLength={300} autoComplete="off" />}
        </Field>
        <Button type="submit" busy={isBusy} blocked={isBehind}>
          {words.agents.publish(next)}
        </Button>
      </form>
    </section>
  )
}
