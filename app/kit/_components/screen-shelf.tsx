import { cookies } from 'next/headers.js'

import { AppShell } from '#components/layout/app-shell'
import { CallListLoading } from '#components/layout/loading-state'
import { PageHeader } from '#components/layout/page-header'
import type { Room } from '#components/layout/room-links'
import { CallList } from '#components/records/call-list'
import { CallPageView } from '#components/records/call-page-view'
import { TranscriptView } from '#components/records/transcript-view'
import { Button } from '#components/ui/button'
import { MenuButton } from '#components/ui/menu'
import { SearchField } from '#components/ui/search-field'
import * as words from '../../../components/words/words.ts'
import { readTheme, THEME_COOKIE } from '#lib/browser/theme'

import { drawnAt, sampleCalls, sampleDetail, sampleOrganisations, samplePerson, sampleTurns } from './samples.ts'

const rooms: readonly Room[] = (
  ['home', 'calls', 'numbers', 'knowledge', 'config', 'billing', 'team', 'audit', 'settings'] as const
).map((key) => ({
  key,
  href: `/kit?screen=${key}`,
}))

/** A whole screen in its shell, with a story in it and nothing behind it. */
export async function ScreenShelf({ screen }: { screen: string }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  const [organisation] = sampleOrganisations
  return (
    <AppShell
      organisation={organisation}
      organisations={sampleOrganisations}
      rooms={rooms}
      person={samplePerson}
      theme={theme}
      signOut={<MenuButton icon="exit">{words.shell.signOut}</MenuButton>}
    >
      {screen === 'call' ? <CallScreen /> : <ListScreen screen={screen} />}
    </AppShell>
  )
}

function CallScreen() {
  return (
    <CallPageView
      call={sampleDetail(drawnAt())}
      backHref="/kit?screen=calls"
      transcript={<TranscriptView turns={sampleTurns} />}
    />
  )
}

function ListScreen({ screen }: { screen: string }) {
  const now = drawnAt()
  const calls = screen === 'empty' ? [] : sampleCalls(now)
  return (
    <>
      <PageHeader
        title={words.calls.title}
        search={<SearchField action="/kit" name="q" label="Search by number or word" />}
        action={<Button look="primary">Test call</Button>}
      />
      {screen === 'loading' ? (
        <CallListLoading />
      ) : (
        <CallList
          initialPage={{ data: calls, next_cursor: calls.length > 0 ? 'next' : null }}
          loadedAt={now}
          query={{}}
          endpoint="/api/app/o/kit/calls"
          streamUrl={screen === 'live' ? '/api/app/o/kit/stream' : null}
          hrefBase="/kit"
        />
      )}
    </>
  )
}
