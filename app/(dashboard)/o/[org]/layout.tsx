import { cookies } from 'next/headers.js'
import type { ReactNode } from 'react'

import { AppShell } from '#components/layout/app-shell'
import { SignOutForm } from '#components/layout/sign-out-form'
import { Clock } from '#components/records/clock'
import { MenuButton } from '#components/ui/menu'
import { QueryProvider } from '#lib/browser/query-client.tsx'
import { readTheme, THEME_COOKIE } from '#lib/browser/theme'
import { showFrame } from '#lib/features/identity/index'
import { ask } from '#lib/transport/ask'

import * as words from '../../../../components/words/words.ts'

/** The frame around an organisation's screens. It decides nothing: every page asks for itself. */
export default async function OrganisationLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ org: string }>
}) {
  const { org } = await params
  const frame = await ask(showFrame, {}, { org })
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  const shown = ({ slug, name }: { slug: string; name: string }) => ({ name, href: `/o/${slug}` })
  return (
    <AppShell
      organisation={shown(frame.organisation)}
      organisations={frame.organisations.map(shown)}
      rooms={frame.rooms.map((key) => ({ key, href: key === 'home' ? `/o/${org}` : `/o/${org}/${key}` }))}
      person={frame.person}
      theme={theme}
      signOut={
        <SignOutForm>
          <MenuButton type="submit">{words.shell.signOut}</MenuButton>
        </SignOutForm>
      }
    >
      <Clock now={Date.now()} timeZone={frame.organisation.time_zone} country={frame.organisation.country}>
        <QueryProvider>{children}</QueryProvider>
      </Clock>
    </AppShell>
  )
}
