import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { NavLink } from '#components/ui/nav-link'
import { Cell, HeadCell, stackedRow, Table, TableBody, TableHead } from '#components/ui/table'
import type { VoiceAgents } from '#lib/features/voice-agents/shapes'

import * as words from '../../../../../../components/words/words.ts'

export function VoiceAgentTable({ agents, org }: { agents: VoiceAgents['data']; org: string }) {
  const { columns } = words.agents
  return (
    <Table caption={words.agents.title}>
      <TableHead>
        <HeadCell>{columns.name}</HeadCell>
        <HeadCell>{columns.version}</HeadCell>
        <HeadCell>{columns.by}</HeadCell>
        <HeadCell>{columns.draft}</HeadCell>
      </TableHead>
      <TableBody>
        {agents.map((agent) => (
          <tr key={agent.id} {...stackedRow}>
            <Cell className="font-medium">
              <NavLink href={`/o/${org}/config/${agent.id}`} className="text-accent">
                {agent.name}
              </NavLink>
            </Cell>
            <Cell>
              {agent.version === null || agent.published_at === null ? (
                <Badge tone="warn">{words.agents.notPublished}</Badge>
              ) : (
                <>
                  {words.agents.version(agent.version)}, <Time at={agent.published_at} />
                </>
              )}
            </Cell>
            <Cell className="text-muted">{agent.published_by ?? '–'}</Cell>
            <Cell>{agent.has_draft ? <Badge tone="info">{words.agents.hasDraft}</Badge> : '–'}</Cell>
          </tr>
        ))}
      </TableBody>
    </Table>
  )
}
