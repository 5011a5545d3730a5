'use client'

import type { ReactNode } from 'react'

import { GroupChip } from '#components/records/group-chip'
import { Icon } from '#components/ui/icon'
import { MenuButton, MenuList } from '#components/ui/menu'
import { Popover } from '#components/ui/popover'
import type { ShownTag } from '#lib/features/call-work/shapes'

import { buttonClass } from '../../../../../../components/ui/button-class.ts'
import * as words from '../../../../../../components/words/words.ts'

interface TagPickerProps {
  tags: readonly ShownTag[]
  /** The ids that are on already: choosing one of them takes it off. */
  on: readonly string[]
  onChoose: (tag: ShownTag, isOn: boolean) => void
  children?: ReactNode
}

/** The tags there are: two taps from a call to its tag. */
export function TagPicker({ tags, on, onChoose, children }: TagPickerProps) {
  return (
    <Popover
      label={words.work.tags.title}
      triggerClass={buttonClass('plain')}
      trigger={
        <>
          <Icon name="tag" />
          {words.work.tags.add}
        </>
      }
    >
      {tags.length === 0 && (
        <p className="px-2.5 py-2 text-13 text-muted">
          {words.work.tags.none} {children === undefined && words.work.tags.noneHelp}
        </p>
      )}
      <MenuList>
        {tags.map((tag) => (
          <MenuButton
            key={tag.id}
            isOn={on.includes(tag.id)}
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
              onChoose(tag, !on.includes(tag.id))
            }}
          >
            <GroupChip colour={tag.colour} name={tag.name} />
          </MenuButton>
        ))}
        {children}
      </MenuList>
    </Popover>
  )
}
