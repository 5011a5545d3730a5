'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'

import { isBareKey } from '#lib/browser/shortcuts'

export interface Selection {
  /** Those that are chosen and still on this page, in its order. */
  ids: readonly string[]
  has: (id: string) => boolean
  toggle: (id: string) => void
  clear: () => void
}

/** Rows that are chosen. `x` chooses the row at hand; Escape chooses none. A row that leaves the page is no longer chosen. */
export function useSelection(rows: readonly string[], isOn: boolean): Selection {
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback((id: string) => {
    choose((before) => flipped(before, id))
  }, [])

  useEffect(() => {
    if (!isOn) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (!isBareKey(event)) return
      if (event.key === 'Escape') choose(new Set())
      if (event.key !== 'x') return
      const id = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('a[data-row]')?.dataset['row']
      if (id !== undefined) choose((before) => flipped(before, id))
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isOn])

  const ids = useMemo(() => rows.filter((id) => chosen.has(id)), [rows, chosen])
  return { ids, has: (id) => chosen.has(id), toggle, clear: () => choose(new Set()) }
}

function flipped(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(before)
  if (!next.delete(id)) next.add(id)
  return next
}
