'use client'

import { useState } from 'react'

import { chooseTheme, type Theme, themes } from '#lib/browser/theme'

import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import * as words from '../words/words.ts'

const icons: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' }

/** Changes this page at once and every later first paint through the cookie. */
export function ThemeToggle({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme)
  const choose = (next: Theme) => {
    setChosen(next)
    chooseTheme(next)
  }
  return (
    <div role="group" aria-label={words.shell.theme} className="inline-flex rounded-6 border border-line p-0.5">
      {themes.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === chosen}
          aria-label={words.shell.themes[one]}
          title={words.shell.themes[one]}
          onClick={() => choose(one)}
          className={classNames(
            'flex h-7 w-8 items-center justify-center rounded-[calc(var(--radius-6)-2px)] touch:h-11 touch:w-12',
            one === chosen ? 'bg-wash text-ink' : 'text-muted hover:text-ink',
          )}
        >
          <Icon name={icons[one]} />
        </button>
      ))}
    </div>
  )
}
