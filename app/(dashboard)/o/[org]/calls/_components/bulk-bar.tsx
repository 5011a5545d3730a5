'use client'

import { FailureNotice } from '#components/layout/failure-notice'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { MenuButton, MenuList } from '#components/ui/menu'
import { Popover } from '#components/ui/popover'
import { useToast } from '#components/ui/toast'
import { useAct } from '#lib/browser/use-act'
import type { ShownTag, Work } from '#lib/features/call-work/shapes'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'
import { askFollowUpsAction, finishFollowUpsAction, tagCallsAction } from '../actions.ts'
import { TagPicker } from './tag-picker.tsx'

interface BulkBarProps {
  org: string
  work: Work
  ids: readonly string[]
  onDone: () => void
  onClear: () => void
}

/** What can be done with the chosen calls. What was so already stays out of an undo. */
export function BulkBar({ org, work, ids, onDone, onClear }: BulkBarProps) {
  const says = words.work.bulk
  const say = useToast()
  const local = { isLocal: true }
  const tagging = useAct(
    (input: { ids: string[]; tag: string; is_on: boolean }) => tagCallsAction(input, org),
    words.acts.lost,
    local,
  )
  const asking = useAct((to: string) => askFollowUpsAction({ ids: [...ids], to }, org), words.acts.lost, local)
  const finishing = useAct(() => finishFollowUpsAction({ ids: [...ids] }, org), words.acts.lost, local)
  const isBusy = tagging.isBusy || asking.isBusy || finishing.isBusy
  const tell = (
    changed: { ids: string[] } | null,
    text: (count: number) => string,
    undo?: (changed: string[]) => void,
  ) => {
    if (!changed) return
    onDone()
    const isSame = changed.ids.length === 0
    say({
      text: isSame ? says.unchanged : text(changed.ids.length),
      ...(undo && !isSame ? { undo: () => undo(changed.ids) } : {}),
    })
  }
  const tag = async ({ id, name }: ShownTag) => {
    const changed = await tagging.run({ ids: [...ids], tag: id, is_on: true })
    // By then the bar may be gone, and with it the place for a failure.
    const undo = async (them: string[]) => {
      const answer = await tagCallsAction({ ids: them, tag: id, is_on: false }, org).catch(() => null)
      if (!answer?.ok) return say({ tone: 'bad', text: words.acts.notUndone(answer?.message ?? words.acts.lost) })
      onDone()
      say({ text: says.untagged(answer.value.ids.length, name) })
    }
    tell(
      changed,
      (count) => says.tagged(count, name),
      (them) => void undo(them),
    )
  }
  const ask = async (to: string) => {
    tell(await asking.run(to), says.asked)
  }
  const choose = (to: string) => void ask(to)
  const finish = async () => {
    tell(await finishing.run(undefined), says.finished)
  }
  const people = [
    { id: 'nobody', name: words.work.followUps.nobody },
    { id: 'me', name: words.work.followUps.me },
    ...work.members.filter(({ id }) => id !== work.me),
  ]
  return (
    <div
      role="group"
      aria-label={says.label}
      data-floating-bar
      className="screen-only fixed inset-x-0 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[calc(100vw-1rem)] flex-wrap items-center gap-2 rounded-6 border border-line bg-raised p-2 shadow-float md:bottom-6"
    >
      <span role="status" className="px-2 text-13 font-medium">
        {says.chosen(ids.length)}
      </span>
      <TagPicker tags={work.tags} on={[]} onChoose={(chosen) => void tag(chosen)} />
      <Popover
        label={words.work.followUps.to}
        triggerClass={buttonClass('plain')}
        trigger={
          <>
            <Icon name="flag" />
            {words.work.followUps.ask}
          </>
        }
      >
        <MenuList>
          {people.map(({ id, name }) => (
            <MenuButton
              key={id}
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
                choose(id)
              }}
            >
              {name}
            </MenuButton>
          ))}
        </MenuList>
      </Popover>
      <Button icon="check" busy={isBusy} onClick={() => void finish()}>
        {words.work.followUps.done}
      </Button>
      <Button look="quiet" icon="close" aria-label={says.clear} onClick={onClear} />
      <FailureNotice failure={tagging.failure ?? asking.failure ?? finishing.failure} />
    </div>
  )
}
