import { EmptyState } from '#components/layout/empty-state'
import { PageHeader } from '#components/layout/page-header'
import { listVoiceAgents } from '#lib/features/voice-agents/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../components/words/words.ts'
import { AddVoiceAgentButton } from './_components/add-voice-agent-button.tsx'
import { VoiceAgentTable } from './_components/voice-agent-table.tsx'

export const metadata = { title: words.agents.title }

/** What answers the phone, by name, and which version of each counts. */
export default async function ConfigPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { data, may_manage: mayManage } = await ask(listVoiceAgents, {}, { org })
  const add = mayManage ? <AddVoiceAgentButton org={org} /> : undefined
  return (
    <>
      <PageHeader title={words.agents.title} action={add}>
        <p className="max-w-3xl text-13 text-pretty text-muted">
          {words.agents.lead} {words.agents.notRead} {words.agents.matched}
        </p>
      </PageHeader>
      {data.length > 0 ? (
        <VoiceAgentTable agents={data} org={org} />
      ) : (
        <EmptyState
          icon="sliders"
          title={words.agents.empty}
          text={mayManage ? words.agents.emptyText : words.agents.emptyReader}
        />
      )}
    </>
  )
}
