'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'

import * as words from '../words/words.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export interface ToastMessage {
  /** What happened. */
  text: string
  tone?: 'good' | 'bad'
  /** Only where undo is true. */
  undo?: () => void
}

interface Shown extends ToastMessage {
  id: number
}

const SHOWN_MS = 6_000
const Say = createContext<(message: ToastMessage) => void>(() => {})

/** `const say = useToast(); say({ text: 'Note saved' })` */
export const useToast = () => useContext(Say)

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const say = useCallback((message: ToastMessage) => {
    setShown((before) => [...before.slice(-2), { ...message, id: (before.at(-1)?.id ?? 0) + 1 }])
  }, [])
  const drop = useCallback((id: number) => setShown((before) => before.filter((one) => one.id !== id)), [])
  const region = useMemo(() => shown.map((toast) => <Toast key={toast.id} toast={toast} drop={drop} />), [shown, drop])
  return (
    <Say value={say}>
      {children}
      <div
        role="status"
        aria-label={words.shell.notices}
        className="toasts screen-only pointer-events-none fixed inset-x-0 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-40 flex flex-col items-center gap-2 px-2 md:bottom-6"
      >
        {region}
      </div>
    </Say>
  )
}

/** Stays while it is looked at: the clock stops under the pointer and under focus. */
function Toast({ toast, drop }: { toast: ToastMessage & { id: number }; drop: (id: number) => void }) {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => drop(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, drop, toast.id])
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-full items-center gap-3 rounded-6 border border-line bg-raised py-1.5 ps-4 pe-1.5 text-13 shadow-float"
    >
      <Icon name={toast.tone === 'bad' ? 'bad' : 'check'} className={toast.tone === 'bad' ? 'text-bad' : 'text-good'} />
      <span className="min-w-0 py-1">{toast.text}</span>
      {toast.undo && (
        <Button
          look="quiet"
          onClick={() => {
            toast.undo?.()
            drop(toast.id)
          }}
        >
          {words.shell.undo}
        </Button>
      )}
      <Button look="quiet" icon="close" aria-label={words.shell.dismiss} onClick={() => drop(toast.id)} />
    </div>
  )
}
