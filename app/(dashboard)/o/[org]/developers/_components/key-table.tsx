'use client'

import { useState } from 'react'

import { EmptyState } from '#components/layout/empty-state'
import { RenameDialog } from '#components/layout/rename-dialog'
import { Time } from '#components/records/time'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Cell, HeadCell, stackedRow, Table, TableBody, TableHead } from '#components/ui/table'
import { keyScopes } from '#lib/kernel/key-scope'

import * as words from '../../../../../../components/words/words.ts'
import { renameKeyAction } from '../actions.ts'
import { type Key, RevokeDialog } from './key-dialogs.tsx'

const tones = { active: 'good', expired: 'warn', revoked: 'plain' } as const

export function KeyTable({ keys, org }: { keys: readonly Key[]; org: string }) {
  const [renaming, setRenaming] = useState<Key | null>(null)
  const [revoking, setRevoking] = useState<Key | null>(null)
  if (keys.length === 0)
    return <EmptyState icon="code" title={words.developers.empty} text={words.developers.emptyText} />
  const { columns } = words.developers
  return (
    <>
      <Table caption={words.developers.keys}>
        <TableHead>
          <HeadCell>{columns.name}</HeadCell>
          <HeadCell>{columns.key}</HeadCell>
          <HeadCell>{columns.may}</HeadCell>
          <HeadCell>{columns.until}</HeadCell>
          <HeadCell>{columns.state}</HeadCell>
          <HeadCell>{columns.acts}</HeadCell>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <tr key={key.id} {...stackedRow}>
              <Cell className="font-medium">{key.name}</Cell>
              <Cell>
                <code className="font-mono text-12">
                  ori_{key.environment}_…{key.last4}
                </code>
              </Cell>
              <Cell className="text-muted">{scopesOf(key)}</Cell>
              <Cell className="text-muted">{key.expires_at === null ? '–' : <Time at={key.expires_at} />}</Cell>
              <Cell>
                <Badge tone={tones[key.state]}>{words.developers.states[key.state]}</Badge>
              </Cell>
              <Cell>
                {key.state !== 'revoked' && (
                  <span className="flex flex-wrap gap-1">
                    <Button look="quiet" onClick={() => setRenaming(key)}>
                      {words.acts.rename}
                    </Button>
                    <Button look="quiet" onClick={() => setRevoking(key)}>
                      {words.developers.revoke}
                    </Button>
                  </span>
                )}
              </Cell>
            </tr>
          ))}
        </TableBody>
      </Table>
      {renaming && (
        <RenameDialog
          name={renaming.name}
          act={(name) => renameKeyAction({ id: renaming.id, name }, org)}
          onClose={() => setRenaming(null)}
        />
      )}
      <RevokeDialog
        key={`revoke ${revoking?.id ?? ''}`}
        subject={revoking}
        org={org}
        onClose={() => setRevoking(null)}
      />
    </>
  )
}

function scopesOf(key: Key): string {
  return keyScopes
    .filter((scope) => key.scopes.includes(scope))
    .map((scope) => words.developers.scopeNames[scope])
    .join(', ')
}
