import type { ReactNode } from 'react'

import { Icon } from './icon.tsx'

interface CheckChipProps {
  name: string
  value: string
  isOn: boolean
  children: ReactNode
}

/** One of several that can be on together: a checkbox that looks like a chip. A tick says that it is on, not the colour alone. */
export function CheckChip({ name, value, isOn, children }: CheckChipProps) {
  return (
    <label className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-3 text-13 whitespace-nowrap text-muted hover:border-edge hover:text-ink has-checked:border-accent has-checked:bg-accent-wash has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent touch:h-11 touch:px-4 touch:text-14">
      <input type="checkbox" name={name} value={value} defaultChecked={isOn} className="peer sr-only" />
      <Icon name="check" className="hidden size-3.5 peer-checked:block" />
      {children}
    </label>
  )
}
