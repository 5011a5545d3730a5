'use client'

import { type SubmitEvent, useRef, useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Time } from '#components/records/time'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { VoiceAgentDetail } from '#lib/features/voice-agents/shapes'
import type { AgentConfig } from '#lib/kernel/agent-config'

import * as words from '../../../../../../../components/words/words.ts'
import { discardDraftAction, saveDraftAction } from '../../actions.ts'
import { ConfigFile } from './config-file.tsx'
import { ConfigForm } from './config-form.tsx'
import { configIn } from './config-in.ts'
import { PublishPanel } from './publish-panel.tsx'
import { useShownConfig } from './use-shown-config.ts'

/** One’s own draft, or what it would begin with: written on the left, what it would change and the way to publish it on the right. */
export function DraftEditor({ agent, org }: { agent: VoiceAgentDetail; org: string }) {
  const say = useToast()
  const form = useRef<HTMLFormElement>(null)
  const { id, draft, config } = agent
  // What was published here counts before the page is drawn anew: who writes on at once writes on from it.
  const [publishedHere, setPublishedHere] = useState(0)
  const [last] = agent.versions
  const newest = last?.number ?? 0
  const save = useAct(
    (input: { based_on: number; config: AgentConfig }) => saveDraftAction({ id, ...input }, org),
    words.acts.lost,
  )
  const discard = useAct((input: { id: string }) => discardDraftAction(input, org), words.acts.lost)
  const shown = useShownConfig(config)
  const isBehind = draft !== null && draft.based_on < newest
  const saveIt = async (what: AgentConfig, basedOn: number) => {
    if (await save.run({ based_on: basedOn, config: what })) say({ text: words.agents.saved })
  }
  const saveForm = async (from: HTMLFormElement, basedOn: number) => {
    const what = configIn(from)
    shown.saved(what)
    await saveIt(what, basedOn)
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    await saveForm(event.currentTarget, Math.max(draft?.based_on ?? newest, publishedHere))
  }
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" noValidate>
        {isBehind && (
          <Notice
            tone="warn"
            title={words.agents.behind(newest)}
            action={
              <Button onClick={() => form.current && void saveForm(form.current, newest)}>
                {words.agents.beginAnew(newest)}
              </Button>
            }
          >
            {words.agents.behindText}
          </Notice>
        )}
        <ConfigForm key={shown.key} config={config} documents={agent.documents} errors={save.failure?.fields ?? {}} />
        <FailureNotice failure={save.failure ?? discard.failure} />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" look="primary" busy={save.isBusy}>
            {words.agents.save}
          </Button>
          {draft && newest > 0 && (
            <Button
              busy={discard.isBusy}
              onClick={() => void discard.run({ id }).then((gone) => gone && say({ text: words.agents.discarded }))}
            >
              {words.agents.discard}
            </Button>
          )}
          {draft && (
            <span className="text-12 text-muted">
              {words.agents.draftOf} <Time at={draft.saved_at} />
            </span>
          )}
        </div>
      </form>
      <aside className="flex flex-col gap-6">
        {draft && (
          <PublishPanel agent={agent} draft={draft} isBehind={isBehind} org={org} onPublished={setPublishedHere} />
        )}
        <ConfigFile name={agent.name} config={config} onRead={(what) => void saveIt(what, newest)} />
      </aside>
    </div>
  )
}
