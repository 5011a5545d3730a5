'use client'

import { type FocusEvent, type RefObject, useEffect, useRef, useState } from 'react'

import { isBareKey } from '#lib/browser/shortcuts'
import { useAwake } from '#lib/browser/use-awake'

const steps: Record<string, number> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

interface RowKeys {
  table: RefObject<HTMLTableElement | null>
  /** 0 for the row at hand, -1 for the others; undefined until keys work, so that Tab reaches every row without them. */
  tabIndexOf: (id: string) => 0 | -1 | undefined
  onFocus: (event: FocusEvent) => void
}

/** j and k move through rows from anywhere on the page, arrows once inside; Enter is the link's own. */
export function useRowKeys(ids: readonly string[]): RowKeys {
  const table = useRef<HTMLTableElement>(null)
  const [chosen, choose] = useState<string | undefined>(undefined)
  const isAwake = useAwake()
  const current = chosen !== undefined && ids.includes(chosen) ? chosen : ids[0]

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key]
      const isInside = table.current?.contains(document.activeElement) ?? false
      if (step === undefined || !isBareKey(event) || (event.key.startsWith('Arrow') && !isInside)) return
      const at = current === undefined ? -1 : ids.indexOf(current)
      const next = isInside ? Math.min(ids.length - 1, Math.max(0, at + step)) : Math.max(0, at)
      const row = ids[next]
      if (row === undefined) return
      event.preventDefault()
      const link = table.current?.querySelector<HTMLElement>(`a[data-row="${CSS.escape(row)}"]`)
      link?.focus({ preventScroll: true })
      link?.closest('tr')?.scrollIntoView({ block: 'nearest' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [ids, current])

  return {
    table,
    tabIndexOf: (id) => (isAwake ? (id === current ? 0 : -1) : undefined),
    onFocus: ({ target }) => choose(target.closest('tr')?.querySelector<HTMLElement>('a[data-row]')?.dataset['row']),
  }
}
