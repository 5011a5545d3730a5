'use client'

import { useState } from 'react'

import { ConfirmDialog } from '#components/layout/confirm-dialog'
import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Cell, HeadCell, stackedRow, Table, TableBody, TableHead } from '#components/ui/table'
import { useToast } from '#components/ui/toast'
import type { VoiceAgentDetail } from '#lib/features/voice-agents/shapes'

import * as words from '../../../../../../../components/words/words.ts'
import { restoreVersionAction } from '../../actions.ts'
import { ChangeList } from './change-list.tsx'

type Version = VoiceAgentDetail['versions'][number]

/** Every version there was, and the way back to each. */
export function VersionTable({ agent, org }: { agent: VoiceAgentDetail; org: string }) {
  const say = useToast()
  const [chosen, setChosen] = useState<Version | null>(null)
  const { versionColumns: columns } = words.agents
  const [last] = agent.versions
  if (!last) return <p className="text-13 text-muted">{words.agents.noVersions}</p>
  return (
    <>
      <Table caption={words.agents.parts.history}>
        <TableHead>
          <HeadCell>{columns.number}</HeadCell>
          <HeadCell>{columns.note}</HeadCell>
          <HeadCell>{columns.by}</HeadCell>
          <HeadCell>{columns.at}</HeadCell>
          {agent.may_manage && <HeadCell>{columns.act}</HeadCell>}
        </TableHead>
        <TableBody>
          {agent.versions.map((version) => (
            <tr key={version.number} {...stackedRow}>
              <Cell className="font-medium">
                {words.agents.version(version.number)}{' '}
                {version === last && <Badge tone="good">{words.agents.counts}</Badge>}
              </Cell>
              <Cell>{version.restores === null ? version.note : words.agents.restores(version.restores)}</Cell>
              <Cell className="text-muted">{version.published_by}</Cell>
              <Cell className="text-muted">
                <Time at={version.published_at} />
              </Cell>
              {agent.may_manage && (
                <Cell>
                  {version !== last && (
                    <Button look="quiet" onClick={() => setChosen(version)}>
                      {words.agents.restore}
                    </Button>
                  )}
                </Cell>
              )}
            </tr>
          ))}
        </TableBody>
      </Table>
      {agent.has_older && <p className="px-4 py-3 text-13 text-muted">{words.agents.older}</p>}
      {chosen && (
        <ConfirmDialog
          title={words.agents.restoreTitle(chosen.number)}
          label={words.agents.restore}
          look="primary"
          act={() => restoreVersionAction({ id: agent.id, number: chosen.number, last: last.number }, org)}
          onDone={({ number }) => say({ text: words.agents.published(number) })}
          onClose={() => setChosen(null)}
        >
          <p>{words.agents.restoreText}</p>
          <ChangeList from={last.config} to={chosen.config} documents={agent.documents} same={words.agents.sameAsNow} />
        </ConfirmDialog>
      )}
    </>
  )
}
