'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'single-key-shortcuts'
const CHANGED = 'single-key-shortcuts-changed'

/** Whether a key alone does something. People who speak their input need to turn that off (WCAG 2.1.4). */
function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export function setShortcuts(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off')
  } catch {
    return
  }
  dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void): () => void {
  addEventListener(CHANGED, onChange)
  addEventListener('storage', onChange)
  return () => {
    removeEventListener(CHANGED, onChange)
    removeEventListener('storage', onChange)
  }
}

export function useShortcuts(): boolean {
  return useSyncExternalStore(subscribe, areShortcutsOn, () => true)
}

/** A bare key, pressed while nobody is typing and nothing modal is open. */
export function isBareKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areShortcutsOn()) return false
  const target = event.target
  if (!(target instanceof Element)) return true
  return !target.closest('input, textarea, select, [contenteditable], dialog[open], [popover]:popover-open')
}
