'use client'

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'

import { classNames } from './class-names.ts'

interface TabsProps {
  label: string
  tabs: readonly [Tab, ...Tab[]]
}

interface Tab {
  key: string
  label: string
  panel: ReactNode
}

/** For parts of one page. Parts with an address of their own are links. */
export function Tabs({ label, tabs }: TabsProps) {
  const id = useId()
  const [open, setOpen] = useState(tabs[0].key)

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.key === open)
    const targets: Record<string, Tab | undefined> = {
      ArrowRight: tabs[(at + 1) % tabs.length],
      ArrowLeft: tabs.at(at - 1),
      Home: tabs[0],
      End: tabs.at(-1),
    }
    const target = targets[event.key]
    if (!target) return
    event.preventDefault()
    setOpen(target.key)
    document.getElementById(`${id}-${target.key}`)?.focus()
  }

  return (
    <div className="flex flex-col gap-4">
      <div
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="flex gap-5 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => {
          const isOpen = tab.key === open
          return (
            <button
              key={tab.key}
              type="button"
              role="tab"
              id={`${id}-${tab.key}`}
              aria-selected={isOpen}
              aria-controls={`${id}-${tab.key}-panel`}
              tabIndex={isOpen ? 0 : -1}
              onClick={() => setOpen(tab.key)}
              className={classNames(
                'h-9 border-b-2 text-13 font-medium whitespace-nowrap focus-visible:-outline-offset-2 touch:h-11 touch:text-14',
                isOpen ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {tab.label}
            </button>
          )
        })}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.key}
          role="tabpanel"
          id={`${id}-${tab.key}-panel`}
          aria-labelledby={`${id}-${tab.key}`}
          hidden={tab.key !== open}
        >
          {tab.panel}
        </div>
      ))}
    </div>
  )
}
