'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { GroupChip } from '#components/records/group-chip'
import { Button } from '#components/ui/button'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { ShownTag, Work } from '#lib/features/call-work/shapes'
import type { ShownCall } from '#lib/features/calls/shapes'

import { useSaid } from '../../../../../../components/records/use-said.ts'
import * as words from '../../../../../../components/words/words.ts'
import { askFollowUpAction, assignFollowUpAction, finishFollowUpAction, tagCallAction } from '../actions.ts'
import { TagPicker } from './tag-picker.tsx'

interface WorkPanelProps {
  org: string
  call: Pick<ShownCall, 'id' | 'tags' | 'follow_up'>
  work: Work
  /** Where the list around it says whose the follow-up is. */
  onFinished?: () => void
}

/** A call's tags and its follow-up: each a tap or two away. What was done shows at once; the server said so first, and what it says next wins. */
export function WorkPanel({ org, call, work, onFinished }: WorkPanelProps) {
  const says = words.work.followUps
  const say = useToast()
  const [on, setOn] = useSaid<readonly string[]>(call.tags)
  const [followUp, setFollowUp] = useSaid(call.follow_up)
  const local = { isLocal: true }
  const tagging = useAct(
    (input: { tag: string; is_on: boolean }) => tagCallAction({ id: call.id, ...input }, org),
    words.acts.lost,
    local,
  )
  const asking = useAct(() => askFollowUpAction({ id: call.id }, org), words.acts.lost, local)
  const assigning = useAct((to: string) => assignFollowUpAction({ id: call.id, to }, org), words.acts.lost, local)
  const finishing = useAct(() => finishFollowUpAction({ id: call.id }, org), words.acts.lost, local)
  const worn = work.tags.filter(({ id }) => on.includes(id))

  const setTag = async (tag: ShownTag, isOn: boolean) => {
    if (!(await tagging.run({ tag: tag.id, is_on: isOn }))) return
    setOn((before) => (isOn ? [...before, tag.id] : before.filter((id) => id !== tag.id)))
    say({ text: isOn ? words.work.tags.tagged(tag.name) : words.work.tags.untagged(tag.name) })
  }
  const ask = async () => {
    if (!(await asking.run(undefined))) return
    setFollowUp({ state: 'open', assigned_to: null })
    say({ text: says.asking })
  }
  const assign = async (to: 'me' | 'nobody') => {
    const now = await assigning.run(to)
    if (!now) return
    setFollowUp(now)
    say({ text: to === 'me' ? says.taken : says.givenBack })
  }
  const finish = async () => {
    if (!followUp || !(await finishing.run(undefined))) return
    setFollowUp({ ...followUp, state: 'done' })
    say({ text: says.finished })
    onFinished?.()
  }
  const isOpen = followUp?.state === 'open'
  const mayFinish = isOpen && (followUp.assigned_to === null || followUp.assigned_to === work.me || work.may_manage)
  return (
    <div className="flex flex-col gap-2">
      {worn.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {worn.map((tag) => (
            <li key={tag.id}>
              <GroupChip colour={tag.colour} name={tag.name} />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <TagPicker tags={work.tags} on={on} onChoose={(tag, isOn) => void setTag(tag, isOn)} />
        {!isOpen && (
          <Button icon="flag" busy={asking.isBusy} onClick={() => void ask()}>
            {says.ask}
          </Button>
        )}
        {isOpen && followUp.assigned_to === null && (
          <Button busy={assigning.isBusy} onClick={() => void assign('me')}>
            {says.take}
          </Button>
        )}
        {isOpen && followUp.assigned_to === work.me && (
          <Button look="quiet" busy={assigning.isBusy} onClick={() => void assign('nobody')}>
            {says.giveBack}
          </Button>
        )}
        {mayFinish && (
          <Button icon="check" look="primary" busy={finishing.isBusy} onClick={() => void finish()}>
            {says.done}
          </Button>
        )}
      </div>
      <FailureNotice failure={tagging.failure ?? asking.failure ?? assigning.failure ?? finishing.failure} />
    </div>
  )
}
