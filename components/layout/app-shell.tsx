import type { ReactNode } from 'react'

import type { Theme } from '#lib/browser/theme'

import { Icon } from '../ui/icon.tsx'
import { MenuLine } from '../ui/menu.tsx'
import { Popover } from '../ui/popover.tsx'
import { ToastProvider } from '../ui/toast.tsx'
import { VisuallyHidden } from '../ui/visually-hidden.tsx'
import * as words from '../words/words.ts'
import { OfflineNotice } from './offline-notice.tsx'
import { barItemClass } from './bar-item-class.ts'
import { BarRooms, RailRooms, type Room, RoomLinks } from './room-links.tsx'
import { Initial, OrganisationLinks, PersonMenu, type ShownOrganisation, type ShownPerson } from './shell-parts.tsx'
import { Shortcuts } from './shortcuts.tsx'

const ROOMS_IN_BAR = 4

export interface AppShellProps {
  organisation: ShownOrganisation
  /** All this person belongs to, this one included. */
  organisations: readonly ShownOrganisation[]
  /** Only those the member may enter, in order of use: the first four stand in the phone's bar. */
  rooms: readonly Room[]
  person: ShownPerson
  theme: Theme
  /** A form of its own door. */
  signOut: ReactNode
  /** Above everything: suspension, a disabled key, impersonation. */
  banner?: ReactNode
  children: ReactNode
}

export function AppShell(props: AppShellProps) {
  return (
    <ToastProvider>
      <a
        href="#content"
        className="sr-only rounded-6 bg-accent text-on-accent focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:px-3 focus:py-2"
      >
        {words.shell.skip}
      </a>
      <div className="md:flex">
        <Rail {...props} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 outline-none max-md:pb-[calc(3.5rem+env(safe-area-inset-bottom))]"
        >
          <OfflineNotice />
          {props.banner}
          {props.children}
        </main>
        <BottomBar {...props} />
      </div>
      <Shortcuts />
    </ToastProvider>
  )
}

function Rail({ organisation, organisations, rooms, person, theme, signOut }: AppShellProps) {
  return (
    <div className="screen-only sticky top-0 flex h-dvh w-56 shrink-0 flex-col gap-4 overflow-y-auto border-e border-line p-3 max-md:hidden">
      {organisations.length > 1 ? (
        <Popover
          label={words.shell.organisation}
          triggerClass="flex h-10 w-full items-center gap-2.5 rounded-6 px-2 text-start text-13 font-medium hover:bg-wash"
          trigger={
            <>
              <Initial name={organisation.name} />
              <span className="min-w-0 flex-1 truncate">{organisation.name}</span>
              <VisuallyHidden>{words.shell.switchOrganisation}</VisuallyHidden>
              <Icon name="updown" className="text-muted" />
            </>
          }
        >
          <OrganisationLinks organisations={organisations} current={organisation} />
        </Popover>
      ) : (
        <p className="flex h-10 items-center gap-2.5 px-2 text-13 font-medium">
          <Initial name={organisation.name} />
          <span className="min-w-0 truncate">{organisation.name}</span>
        </p>
      )}
      <nav aria-label={words.shell.navigation} className="flex flex-1 flex-col gap-0.5">
        <RailRooms rooms={rooms} />
      </nav>
      <Popover
        label={person.name}
        side="above"
        triggerClass="flex h-10 w-full items-center gap-2.5 rounded-6 px-2 text-start text-13 hover:bg-wash"
        trigger={
          <>
            <Initial name={person.name} isRound />
            <span className="min-w-0 flex-1 truncate">{person.name}</span>
            <VisuallyHidden>{words.shell.yourMenu}</VisuallyHidden>
          </>
        }
      >
        <PersonMenu person={person} theme={theme} signOut={signOut} />
      </Popover>
    </div>
  )
}

function BottomBar({ organisation, organisations, rooms, person, theme, signOut }: AppShellProps) {
  return (
    <nav
      aria-label={words.shell.navigation}
      className="screen-only fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <BarRooms rooms={rooms} shown={ROOMS_IN_BAR} />
      <Popover
        label={words.shell.more}
        side="above"
        triggerClass={barItemClass(false)}
        trigger={
          <>
            <Icon name="more" className="size-5" />
            {words.shell.more}
          </>
        }
      >
        {rooms.length > ROOMS_IN_BAR && (
          <>
            <RoomLinks rooms={rooms} from={ROOMS_IN_BAR} />
            <MenuLine />
          </>
        )}
        {organisations.length > 1 && (
          <>
            <OrganisationLinks organisations={organisations} current={organisation} />
            <MenuLine />
          </>
        )}
        <PersonMenu person={person} theme={theme} signOut={signOut} />
      </Popover>
    </nav>
  )
}
