'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Cell, HeadCell, roles, Table, TableBody, TableHead } from '#components/ui/table'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { VoiceAgentDetail } from '#lib/features/voice-agents/shapes'

import * as words from '../../../../../../../components/words/words.ts'
import { restoreVersionAction } from '../../actions.ts'
import { ChangeList } from './change-list.tsx'

type Version = VoiceAgentDetail['versions'][number]

/** Every version there was, and the way back to each. */
export function VersionTable({ agent, org }: { agent: VoiceAgentDetail; org: string }) {
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
            <tr
              key={version.number}
              {...roles.row}
              className="@max-2xl:flex @max-2xl:flex-col @max-2xl:gap-1 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-1 @max-2xl:py-3"
            >
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
        <RestoreDialog
          id={agent.id}
          documents={agent.documents}
          last={last}
          version={chosen}
          org={org}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}

interface RestoreDialogProps {
  id: string
  documents: VoiceAgentDetail['documents']
  last: Version
  version: Version
  org: string
  onClose: () => void
}

function RestoreDialog({ id, documents, last, version, org, onClose }: RestoreDialogProps) {
  const say = useToast()
  const { run, isBusy, failure } = useAct(
    (input: { id: string; number: number; last: number }) => restoreVersionAction(input, org),
    words.acts.lost,
  )
  const restore = async () => {
    const made = await run({ id, number: version.number, last: last.number })
    if (!made) return
    say({ text: words.agents.published(made.number) })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.agents.restoreTitle(version.number)}
      footer={
        <>
          <Button onClick={onClose}>{words.acts.cancel}</Button>
          <Button look="primary" busy={isBusy} onClick={() => void restore()}>
            {words.agents.restore}
          </Button>
        </>
      }
    >
      <p>{words.agents.restoreText}</p>
      <FailureNotice failure={failure} />
      <ChangeList from={last.config} to={version.config} documents={documents} same={words.agents.sameAsNow} />
    </Dialog>
  )
}
