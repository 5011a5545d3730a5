'use client'

import { useState } from 'react'

import { FailureNotice } from '#components/layout/failure-notice'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/select'
import { Cell, HeadCell, roles as tableRoles, Table, TableBody, TableHead } from '#components/ui/table'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { Members } from '#lib/features/team/shapes'
import { areas } from '#lib/kernel/permission'

import * as words from '../../../../../../components/words/words.ts'
import { restoreAction } from '../actions.ts'
import { AccessDialog } from './access-dialog.tsx'
import { RoleDialog, type WantedRole } from './role-dialog.tsx'
import { SuspendDialog } from './suspend-dialog.tsx'

type Member = Members['data'][number]

const roles = ['owner', 'admin', 'agent'] as const

/** Everybody, with role and access; what one may not change is refused in words by the server. */
export function MemberTable({ members, org }: { members: readonly Member[]; org: string }) {
  const say = useToast()
  const [changing, setChanging] = useState<string | null>(null)
  const [wanted, setWanted] = useState<WantedRole | null>(null)
  const [suspending, setSuspending] = useState<Member | null>(null)
  const restore = useAct((input: { id: string }) => restoreAction(input, org), words.acts.lost)
  const askAbout = (member: Member, given: string) => {
    const role = roles.find((one) => one === given)
    if (role && role !== member.role) setWanted({ member, role })
  }
  const letIn = async (member: Member) => {
    if (await restore.run({ id: member.id })) say({ text: words.team.saved })
  }
  const changed = members.find((one) => one.id === changing) ?? null
  const isOwner = members.some((one) => one.is_self && one.role === 'owner')
  /** Only an owner changes an owner. */
  const isTheirs = (member: Member): boolean => !member.is_self && (isOwner || member.role !== 'owner')
  return (
    <>
      <div className="px-4 empty:hidden">
        <FailureNotice failure={restore.failure} />
      </div>
      <Table caption={words.team.members}>
        <TableHead>
          <HeadCell>{words.team.columns.person}</HeadCell>
          <HeadCell>{words.team.columns.role}</HeadCell>
          <HeadCell>{words.team.columns.access}</HeadCell>
          <HeadCell>{words.team.columns.acts}</HeadCell>
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <tr
              key={member.id}
              {...tableRoles.row}
              className="@max-2xl:flex @max-2xl:flex-col @max-2xl:gap-2 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-1 @max-2xl:py-3"
            >
              <Cell>
                <span className="flex items-center gap-2 font-medium">
                  {member.name}
                  {member.is_self && <Badge>{words.team.you}</Badge>}
                  {member.is_suspended && <Badge tone="warn">{words.team.suspended}</Badge>}
                </span>
                <span className="block text-12 text-muted">{member.email}</span>
              </Cell>
              <Cell>
                {!isTheirs(member) ? (
                  words.team.roles[member.role]
                ) : (
                  <span className="block w-28">
                    <Select
                      aria-label={`${words.team.role}: ${member.name}`}
                      value={member.role}
                      onChange={(event) => askAbout(member, event.currentTarget.value)}
                    >
                      {roles.map((one) => (
                        <option key={one} value={one}>
                          {words.team.roles[one]}
                        </option>
                      ))}
                    </Select>
                  </span>
                )}
              </Cell>
              <Cell className="text-muted">{seen(member)}</Cell>
              <Cell>
                {isTheirs(member) && (
                  <span className="flex flex-wrap gap-1">
                    {member.role !== 'owner' && (
                      <Button look="quiet" onClick={() => setChanging(member.id)}>
                        {words.team.access}
                      </Button>
                    )}
                    {member.is_suspended ? (
                      <Button look="quiet" busy={restore.isBusy} onClick={() => void letIn(member)}>
                        {words.team.restore}
                      </Button>
                    ) : (
                      <Button look="quiet" onClick={() => setSuspending(member)}>
                        {words.team.suspend}
                      </Button>
                    )}
                  </span>
                )}
              </Cell>
            </tr>
          ))}
        </TableBody>
      </Table>
      <AccessDialog key={changing} member={changed} org={org} onClose={() => setChanging(null)} />
      <RoleDialog wanted={wanted} org={org} onClose={() => setWanted(null)} />
      <SuspendDialog member={suspending} org={org} onClose={() => setSuspending(null)} />
    </>
  )
}

/** The areas open to a member, in words; own settings are marked in the dialog. */
function seen({ role, permissions }: Member): string {
  if (role === 'owner') return words.team.ownerAll
  const open = areas.filter((area) =>
    permissions.some((one) => one.permission === `${area}.view` && one.decision === 'allow'),
  )
  return open.map((area) => words.team.areas[area]).join(', ') || '–'
}
