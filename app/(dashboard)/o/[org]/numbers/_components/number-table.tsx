'use client'

import { useState } from 'react'

import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Cell, HeadCell, stackedRow, Table, TableBody, TableHead } from '#components/ui/table'

import * as words from '../../../../../../components/words/words.ts'
import type { Agents } from './agent-select.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import type { ShownNumber } from './shown-number.ts'

interface NumberTableProps {
  numbers: readonly ShownNumber[]
  agents: Agents
  mayManage: boolean
  org: string
}

export function NumberTable({ numbers, agents, mayManage, org }: NumberTableProps) {
  const [changing, setChanging] = useState<ShownNumber | null>(null)
  const [deleting, setDeleting] = useState<ShownNumber | null>(null)
  const { columns } = words.numbers
  return (
    <>
      <Table caption={words.numbers.title}>
        <TableHead>
          <HeadCell>{columns.number}</HeadCell>
          <HeadCell>{columns.agent}</HeadCell>
          <HeadCell>{columns.hours}</HeadCell>
          <HeadCell>{columns.last}</HeadCell>
          <HeadCell>{columns.rate}</HeadCell>
          {mayManage && <HeadCell>{columns.acts}</HeadCell>}
        </TableHead>
        <TableBody>
          {numbers.map((one) => (
            <tr key={one.id} {...stackedRow}>
              <Cell>
                <span className="font-medium tabular-nums">{one.written}</span>{' '}
                <span className="text-muted">{[one.label, one.provider].filter(Boolean).join(' · ')}</span>
              </Cell>
              <Cell className={one.voice_agent ? '' : 'text-muted'}>
                {one.voice_agent?.name ?? words.numbers.nobody}
              </Cell>
              <Cell>
                <OpenState of={one.is_open} />
              </Cell>
              <Cell className="text-muted">
                {one.last_call_at ? <Time at={one.last_call_at} /> : words.numbers.noCalls}
              </Cell>
              <Cell className={one.ended > 0 ? 'text-muted' : 'text-muted @max-2xl:hidden'}>
                {one.ended > 0 ? words.numbers.rate(one.answered, one.ended) : '–'}
              </Cell>
              {mayManage && (
                <Cell>
                  <span className="flex flex-wrap gap-1">
                    <Button look="quiet" onClick={() => setChanging(one)}>
                      {words.numbers.change}
                    </Button>
                    <Button look="quiet" onClick={() => setDeleting(one)}>
                      {words.numbers.delete}
                    </Button>
                  </span>
                </Cell>
              )}
            </tr>
          ))}
        </TableBody>
      </Table>
      {changing && <ChangeDialog subject={changing} agents={agents} org={org} onClose={() => setChanging(null)} />}
      {deleting && <DeleteDialog subject={deleting} org={org} onClose={() => setDeleting(null)} />}
    </>
  )
}

function OpenState({ of }: { of: boolean | null }) {
  const { states } = words.numbers
  if (of === null) return <Badge tone="warn">{states.unknown}</Badge>
  return of ? <Badge tone="good">{states.open}</Badge> : <Badge>{states.closed}</Badge>
}
