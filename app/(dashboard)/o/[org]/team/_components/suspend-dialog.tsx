'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { useAct } from '#lib/browser/use-act'
import type { Members } from '#lib/features/team/shapes'

import * as words from '../../../../../../components/words/words.ts'
import { suspendAction } from '../actions.ts'

type Member = Members['data'][number]

/** Names the person and what it does before it is done. */
export function SuspendDialog({ member, org, onClose }: { member: Member | null; org: string; onClose: () => void }) {
  const { run, isBusy, failure, clear } = useAct((input: { id: string }) => suspendAction(input, org), words.acts.lost)
  const close = () => {
    clear()
    onClose()
  }
  const suspend = async () => {
    if (member && (await run({ id: member.id }))) close()
  }
  return (
    <Dialog
      isOpen={member !== null}
      onClose={close}
      title={words.team.suspendTitle(member?.name ?? '')}
      footer={
        <>
          <Button onClick={close}>{words.acts.cancel}</Button>
          <Button look="danger" busy={isBusy} onClick={() => void suspend()}>
            {words.team.suspend}
          </Button>
        </>
      }
    >
      <p>{words.team.suspendText}</p>
      <FailureNotice failure={failure} />
    </Dialog>
  )
}
