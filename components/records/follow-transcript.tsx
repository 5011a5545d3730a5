'use client'

import { type ReactNode, useEffect, useRef } from 'react'

import { useListening } from './listening.tsx'

/** A drawn transcript that follows the sound: the line being spoken is marked, and a press on a line goes there. */
export function FollowTranscript({ children }: { children: ReactNode }) {
  const listening = useListening()
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = box.current
    let now: HTMLElement | undefined
    const mark = (ms: number, isPlaying: boolean) => {
      // Looked up each time: a call under way gets more lines.
      const lines = [...(element?.querySelectorAll<HTMLElement>('li[data-at]') ?? [])]
      const next = lines.findLast((line) => Number(line.dataset['at']) <= ms)
      if (next === now) return
      const wasInView = !now || isInView(now)
      now?.removeAttribute('aria-current')
      next?.setAttribute('aria-current', 'true')
      now = next
      // Who reads elsewhere is left alone.
      if (next && isPlaying && wasInView) next.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
    }
    const press = (event: MouseEvent) => {
      const line = event.target instanceof Element ? event.target.closest<HTMLElement>('li[data-at]') : null
      const isSelecting = (getSelection()?.toString() ?? '') !== ''
      if (!line || isSelecting || event.defaultPrevented) return
      if (listening.seek(Number(line.dataset['at']))) event.preventDefault()
    }
    const stop = listening.hear(mark)
    element?.addEventListener('click', press)
    return () => {
      now?.removeAttribute('aria-current')
      stop()
      element?.removeEventListener('click', press)
    }
  }, [listening])

  return <div ref={box}>{children}</div>
}

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
