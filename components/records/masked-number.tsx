import type { ShownCaller } from '#lib/features/calls/shapes'

import { classNames } from '../ui/class-names.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import * as words from '../words/words.ts'
import { SealMark } from './seal-mark.tsx'

interface MaskedNumberProps {
  caller: Pick<ShownCaller, 'kind' | 'masked' | 'hidden'> & { digits?: string | undefined }
  /** In a list only the row at hand is a stop for the Tab key. */
  tabIndex?: number
  className?: string
}

/** `+234 *** *** 789` with its seal. Hover, focus or tap says why the digits are not here. */
export function MaskedNumber({ caller, tabIndex, className }: MaskedNumberProps) {
  if (caller.hidden === 'none' || caller.kind === 'withheld') {
    const text = caller.digits ?? caller.masked
    return (
      <span className={classNames('whitespace-nowrap', caller.kind === 'withheld' && 'text-muted', className)}>
        {text}
      </span>
    )
  }
  return (
    <Tooltip
      text={words.calls.hidden[caller.hidden]}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      className={classNames('inline-flex items-center gap-1.5 rounded-6', className)}
    >
      <span className="whitespace-nowrap">{caller.masked}</span>
      <SealMark className="text-muted" />
    </Tooltip>
  )
}
