import type { ReactNode } from 'react'

import type { Theme } from '#lib/browser/theme'

import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { MenuLabel, MenuLine, MenuLink, MenuList } from '../ui/menu.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { words } from '../words/words.ts'
import { ShortcutsMenuItem } from './shortcuts.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export type RoomKey = keyof typeof words.shell.rooms

/** A room this member may enter. Its word and icon follow from its key. */
export interface Room {
  key: RoomKey
  href: string
}

export interface ShownOrganisation {
  name: string
  href: string
}

export interface ShownPerson {
  name: string
  email: string
}

const icons: Record<RoomKey, IconName> = {
  home: 'home',
  calls: 'phone',
  numbers: 'hash',
  knowledge: 'book',
  config: 'sliders',
  billing: 'card',
  'test-calls': 'play',
  team: 'people',
  developers: 'code',
  audit: 'list',
  settings: 'cog',
}

export function RailRoom({ room, isCurrent }: { room: Room; isCurrent: boolean }) {
  return (
    <NavLink
      href={room.href}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        'flex h-8 items-center gap-2.5 rounded-6 px-2.5 text-13 no-underline touch:h-11',
        isCurrent ? 'bg-wash font-medium text-ink' : 'text-muted hover:bg-wash hover:text-ink',
      )}
    >
      <Icon name={icons[room.key]} className={isCurrent ? 'text-accent' : ''} />
      {words.shell.rooms[room.key]}
    </NavLink>
  )
}

export function BarRoom({ room, isCurrent }: { room: Room; isCurrent: boolean }) {
  return (
    <NavLink href={room.href} aria-current={isCurrent ? 'page' : undefined} className={barItemClass(isCurrent)}>
      <Icon name={icons[room.key]} className="size-5" />
      {words.shell.rooms[room.key]}
    </NavLink>
  )
}

export function barItemClass(isCurrent: boolean): string {
  return classNames(
    'flex h-14 min-w-11 flex-1 flex-col items-center justify-center gap-0.5 text-12 no-underline focus-visible:-outline-offset-2',
    isCurrent ? 'font-medium text-accent' : 'text-muted',
  )
}

export function RoomLinks({ rooms, current }: { rooms: readonly Room[]; current: RoomKey | null }) {
  return (
    <MenuList>
      {rooms.map((room) => (
        <MenuLink key={room.key} href={room.href} icon={icons[room.key]} isOn={room.key === current}>
          {words.shell.rooms[room.key]}
        </MenuLink>
      ))}
    </MenuList>
  )
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
