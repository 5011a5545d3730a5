'use client'

import { useEffect, useState } from 'react'

import { isBareKey, setShortcuts, useShortcuts } from '#lib/browser/shortcuts'

import { Switch } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { MenuButton } from '../ui/menu.tsx'
import * as words from '../words/words.ts'

const OPEN = 'shortcuts-open'

/** Page-wide keys: `?` for the list of them. Once per page. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false)
  const isOn = useShortcuts()

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isBareKey(event) && event.key === '?') setOpen(true)
    }
    const open = () => setOpen(true)
    document.addEventListener('keydown', onKey)
    addEventListener(OPEN, open)
    return () => {
      document.removeEventListener('keydown', onKey)
      removeEventListener(OPEN, open)
    }
  }, [])

  return (
    <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={words.shell.shortcuts}>
      <ShortcutList />
      <div className="border-t border-line pt-2">
        <Switch
          label={words.shell.shortcutsOn}
          help={words.shell.shortcutsHelp}
          checked={isOn}
          onChange={(event) => setShortcuts(event.target.checked)}
        />
      </div>
    </Dialog>
  )
}

export function ShortcutList() {
  return (
    <dl className="flex flex-col">
      {words.shell.shortcutList.map((shortcut) => (
        <div key={shortcut.does} className="flex h-9 items-center justify-between gap-4">
          <dt>{shortcut.does}</dt>
          <dd>
            {shortcut.keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function ShortcutsMenuItem() {
  return (
    <MenuButton
      icon="keyboard"
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
        dispatchEvent(new Event(OPEN))
      }}
    >
      {words.shell.shortcuts}
    </MenuButton>
  )
}
