'use client'

import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'

import { classNames } from './class-names.ts'

interface TooltipProps {
  text: string
  children: ReactNode
  className?: string
  tabIndex?: number
}

/**
 * Why something is as it is: on hover, focus or tap. The words also belong to the button's name,
 * so nobody has to find the bubble to hear them.
 */
export function Tooltip({ text, children, className, tabIndex }: TooltipProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)

  useEffect(() => {
    if (!isOpen) return undefined
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !button.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPress)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [isOpen])

  const hover = (next: boolean) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse') setOpen(next)
  }

  return (
    <span className="inline-flex max-w-full" onPointerEnter={hover(true)} onPointerLeave={hover(false)}>
      <button
        ref={button}
        type="button"
        tabIndex={tabIndex}
        className={classNames('cursor-help text-start', className)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
      >
        {children}
        <span className="sr-only">{`. ${text}`}</span>
      </button>
      {isOpen && (
        <span ref={(tip) => float(tip, button.current)} popover="manual" aria-hidden="true" className="tip">
          {text}
        </span>
      )}
    </span>
  )
}

/** Into the top layer, tied to its button. An old browser shows the words in place instead. */
function float(tip: HTMLElement | null, source: HTMLElement | null): void {
  if (!tip || !source || tip.matches(':popover-open')) return
  tip.showPopover({ source })
}
