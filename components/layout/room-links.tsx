'use client'

import { usePathname } from 'next/navigation.js'

import { roomAt } from '#lib/browser/room-at'

import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { MenuLink, MenuList } from '../ui/menu.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import * as words from '../words/words.ts'
import { barItemClass } from './bar-item-class.ts'

export type RoomKey = keyof typeof words.shell.rooms

/** A room this member may enter. Its word and icon follow from its key. */
export interface Room {
  key: RoomKey
  href: string
}

const icons: Record<RoomKey, IconName> = {
  home: 'home',
  calls: 'phone',
  'follow-ups': 'flag',
  numbers: 'hash',
  knowledge: 'book',
  config: 'sliders',
  billing: 'card',
  'test-calls': 'play',
  providers: 'plug',
  team: 'people',
  developers: 'code',
  audit: 'list',
  settings: 'cog',
}

function RailRoom({ room, isCurrent }: { room: Room; isCurrent: boolean }) {
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

function BarRoom({ room, isCurrent }: { room: Room; isCurrent: boolean }) {
  return (
    <NavLink href={room.href} aria-current={isCurrent ? 'page' : undefined} className={barItemClass(isCurrent)}>
      <Icon name={icons[room.key]} className="size-5" />
      {words.shell.rooms[room.key]}
    </NavLink>
  )
}

export function RailRooms({ rooms }: { rooms: readonly Room[] }) {
  const current = roomAt(rooms, usePathname())
  return rooms.map((room) => <RailRoom key={room.key} room={room} isCurrent={room.key === current} />)
}

/** `rooms` are all of them, of which the bar shows `shown`. */
export function BarRooms({ rooms, shown }: { rooms: readonly Room[]; shown: number }) {
  const current = roomAt(rooms, usePathname())
  return rooms.slice(0, shown).map((room) => <BarRoom key={room.key} room={room} isCurrent={room.key === current} />)
}

export function RoomLinks({ rooms, from }: { rooms: readonly Room[]; from: number }) {
  const current = roomAt(rooms, usePathname())
  return (
    <MenuList>
      {rooms.slice(from).map((room) => (
        <MenuLink key={room.key} href={room.href} icon={icons[room.key]} isOn={room.key === current}>
          {words.shell.rooms[room.key]}
        </MenuLink>
      ))}
    </MenuList>
  )
}
