'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { Members } from '#lib/features/team/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { setRoleAction } from '../actions.ts'

export interface WantedRole {
  member: Pick<Members['data'][number], 'id' | 'name' | 'role'>
  role: Members['data'][number]['role']
}

interface RoleDialogProps {
  wanted: WantedRole | null
  org: string
  onClose: () => void
}

/** Says who becomes what before it is so: in some browsers one arrow key changes a closed list. */
export function RoleDialog({ wanted, org, onClose }: RoleDialogProps) {
  const say = useToast()
  const { run, isBusy, failure, clear } = useAct(
    (input: { id: string; role: WantedRole['role'] }) => setRoleAction(input, org),
    words.acts.lost,
  )
  const close = () => {
    clear()
    onClose()
  }
  const set = async ({ member, role }: WantedRole) => {
    if (!(await run({ id: member.id, role }))) return
    say({ text: words.team.roleSet(member.name, words.team.roles[role]) })
    close()
  }
  const { team } = words
  return (
    <Dialog
      isOpen={wanted !== null}
      onClose={close}
      title={wanted ? team.roleTitle(wanted.member.name, team.roles[wanted.role]) : team.role}
      footer={
        wanted && (
          <>
            <Button onClick={close}>{words.acts.cancel}</Button>
            <Button
              look={wanted.role === 'owner' ? 'danger' : 'primary'}
              busy={isBusy}
              onClick={() => void set(wanted)}
            >
              {team.roleChange(team.roles[wanted.role])}
            </Button>
          </>
        )
      }
    >
      {wanted && (
        <>
          <p>{team.roleText(team.roles[wanted.member.role], team.roles[wanted.role])}</p>
          <p className="text-13 text-muted">
            <span className="font-medium text-ink">{team.roles[wanted.role]}:</span> {team.roleHelp[wanted.role]}
          </p>
          {wanted.role === 'owner' && <p>{team.roleOwner}</p>}
        </>
      )}
      <FailureNotice failure={failure} />
    </Dialog>
  )
}
