import { type ReactNode, useId } from 'react'

interface PopoverProps {
  /** What the button shows. */
  trigger: ReactNode
  triggerClass: string
  label: string
  side?: 'start' | 'end' | 'above'
  children: ReactNode
}

/** Opened by the browser itself: works before and without JavaScript. */
export function Popover({ trigger, triggerClass, label, side = 'start', children }: PopoverProps) {
  const id = useId()
  return (
    <>
      <button type="button" popoverTarget={id} className={triggerClass}>
        {trigger}
      </button>
      <div id={id} popover="auto" role="group" aria-label={label} data-side={side} className="float">
        {children}
      </div>
    </>
  )
}
