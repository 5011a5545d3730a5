import type { ReactNode } from 'react'

import type { Theme } from '#lib/browser/theme'

import { classNames } from '../ui/class-names.ts'
import { MenuLabel, MenuLine, MenuLink, MenuList } from '../ui/menu.tsx'
import * as words from '../words/words.ts'
import { ShortcutsMenuItem } from './shortcuts.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export interface ShownOrganisation {
  name: string
  href: string
}

export interface ShownPerson {
  name: string
  email: string
}

export function OrganisationLinks({
  organisations,
  current,
}: {
  organisations: readonly ShownOrganisation[]
  current: ShownOrganisation
}) {
  return (
    <>
      <MenuLabel>{words.shell.organisation}</MenuLabel>
      <MenuList>
        {organisations.map((one) => (
          <MenuLink key={one.href} href={one.href} isOn={one.href === current.href}>
            {one.name}
          </MenuLink>
        ))}
      </MenuList>
    </>
  )
}

export function PersonMenu({ person, theme, signOut }: { person: ShownPerson; theme: Theme; signOut: ReactNode }) {
  return (
    <>
      <div className="px-2.5 pt-2 pb-1.5">
        <p className="truncate text-13 font-medium">{person.name}</p>
        <p className="truncate text-12 text-muted">{person.email}</p>
      </div>
      <MenuLine />
      <div className="flex items-center justify-between gap-4 px-2.5 py-1 text-13">
        {words.shell.theme}
        <ThemeToggle theme={theme} />
      </div>
      <div className="max-md:hidden">
        <ShortcutsMenuItem />
      </div>
      <MenuLine />
      {signOut}
    </>
  )
}

/** The first letter, where a picture would be: nothing to download. */
export function Initial({ name, isRound = false }: { name: string; isRound?: boolean }) {
  const [letter = ''] = name
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'flex size-6 shrink-0 items-center justify-center bg-accent-wash text-12 font-semibold text-accent uppercase',
        isRound ? 'rounded-full' : 'rounded-6',
      )}
    >
      {letter}
    </span>
  )
}
