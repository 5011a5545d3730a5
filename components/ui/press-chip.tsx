'use client'

import type { ReactNode } from 'react'

import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

interface PressChipProps {
  isOn: boolean
  onClick: () => void
  children: ReactNode
}

/** One of a few answers, given by a press and taken back by another. On is said by a mark too, not by colour alone. */
export function PressChip({ isOn, onClick, children }: PressChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={classNames(
        'inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border px-3 text-13 transition-colors touch:h-11 touch:px-4 touch:text-14',
        isOn
          ? 'border-accent bg-accent-wash font-medium text-accent'
          : 'border-line text-ink hover:border-edge hover:bg-wash',
      )}
    >
      {isOn && <Icon name="check" className="-ms-1 size-3.5" />}
      <span className="min-w-0 truncate">{children}</span>
    </button>
  )
}
