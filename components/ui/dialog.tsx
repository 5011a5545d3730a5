'use client'

import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'

import * as words from '../words/words.ts'
import { Button } from './button.tsx'

interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** The acts, primary one last. */
  footer?: ReactNode
  /** Cannot be left but by its own acts: it shows what is shown this once. */
  isHeld?: boolean
}

/** The browser's own modal: focus trap, Escape and inert page come with it. */
export function Dialog({ isOpen, onClose, title, children, footer, isHeld = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (isOpen && !dialog.open) dialog.showModal()
    if (!isOpen && dialog.open) dialog.close()
  }, [isOpen])

  // A press on the veil lands on the dialog itself. Escape does the same from the keyboard.
  const pressed = useEffectEvent((event: Event) => {
    if (event.target === ref.current && !isHeld) onClose()
  })
  useEffect(() => {
    const dialog = ref.current
    dialog?.addEventListener('click', pressed)
    return () => dialog?.removeEventListener('click', pressed)
  }, [])

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className="dialog"
      onCancel={(event) => isHeld && event.preventDefault()}
      // A browser lets the second Escape through.
      onClose={() => (isHeld ? ref.current?.showModal() : onClose())}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line py-2 ps-5 pe-2.5">
        <h2 id={titleId} className="text-16 font-semibold">
          {title}
        </h2>
        {!isHeld && <Button look="quiet" icon="close" aria-label={words.shell.close} onClick={onClose} />}
      </div>
      <div className="flex flex-col gap-4 p-5">{children}</div>
      {footer !== undefined && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
      )}
    </dialog>
  )
}
