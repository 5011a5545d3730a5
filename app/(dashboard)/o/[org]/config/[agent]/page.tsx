import { PageHeader } from '#components/layout/page-header'
import { NavLink } from '#components/ui/nav-link'
import { Tabs } from '#components/ui/tabs'
import { getVoiceAgent } from '#lib/features/voice-agents/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../../../components/words/words.ts'
import { ConfigFacts } from './_components/config-facts.tsx'
import { DraftEditor } from './_components/draft-editor.tsx'
import { RenameButton } from './_components/rename-button.tsx'
import { VersionTable } from './_components/version-table.tsx'

export const metadata = { title: words.agents.title }

/** One voice agent: what it says, what would change, and every version there was. */
export default async function VoiceAgentPage({ params }: { params: Promise<{ org: string; agent: string }> }) {
  const { org, agent: id } = await params
  const agent = await ask(getVoiceAgent, { id }, { org })
  const [last] = agent.versions
  const draft = agent.may_manage ? (
    <DraftEditor agent={agent} org={org} />
  ) : (
    <div className="flex max-w-3xl flex-col gap-3">
      <p className="text-13 text-muted">{words.agents.readOnly}</p>
      {last ? (
        <ConfigFacts config={last.config} documents={agent.documents} />
      ) : (
        <p className="text-13">{words.agents.noVersions}</p>
      )}
    </div>
  )
  return (
    <>
      <PageHeader title={agent.name} action={agent.may_manage ? <RenameButton agent={agent} org={org} /> : undefined}>
        <p className="flex flex-wrap gap-x-3 text-13 text-muted">
          <NavLink href={`/o/${org}/config`} className="text-accent">
            {words.agents.all}
          </NavLink>
          {last ? words.agents.version(last.number) : words.agents.notPublished}
        </p>
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 pb-8">
        <p className="text-13 text-muted">{words.agents.notRead}</p>
        <Tabs
          label={agent.name}
          tabs={[
            { key: 'draft', label: words.agents.parts.draft, panel: draft },
            { key: 'history', label: words.agents.parts.history, panel: <VersionTable agent={agent} org={org} /> },
          ]}
        />
      </div>
    </>
  )
}
