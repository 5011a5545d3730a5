import type { Metadata } from 'next'
import { notFound } from 'next/navigation.js'

import { Clock } from '#components/records/clock'
import { ToastProvider } from '#components/ui/toast'
import { QueryProvider } from '#lib/browser/query-client.tsx'
import { isKitOpen } from '#lib/transport/kit'

import { RecordShelf } from './_components/record-shelf.tsx'
import { drawnAt, sampleZone } from './_components/samples.ts'
import { ScreenShelf } from './_components/screen-shelf.tsx'
import { StateShelf } from './_components/state-shelf.tsx'
import { UiShelf } from './_components/ui-shelf.tsx'

export const metadata: Metadata = { title: 'Kit', robots: { index: false } }

type Search = Promise<Record<string, string | string[] | undefined>>

/** Every component in every state, both themes side by side. `?screen=calls`, `call`, `empty` or `loading` shows it whole. */
export default async function Kit({ searchParams }: { searchParams: Search }) {
  if (!isKitOpen()) notFound()
  const { screen } = await searchParams
  return (
    <QueryProvider>
      <Clock now={drawnAt()} timeZone={sampleZone} country="NG">
        {typeof screen === 'string' ? <ScreenShelf screen={screen} /> : <Shelves />}
      </Clock>
    </QueryProvider>
  )
}

function Shelves() {
  return (
    <ToastProvider>
      <main>
        <h1 className="px-6 py-5 text-20 font-semibold">Kit</h1>
        <div className="grid xl:grid-cols-2">
          {(['light', 'dark'] as const).map((theme) => (
            <div key={theme} data-theme={theme} className="flex min-w-0 flex-col gap-10 bg-paper px-4 py-8 md:px-6">
              <h2 className="text-16 font-semibold">{theme === 'light' ? 'Light' : 'Dark'}</h2>
              <UiShelf />
              <RecordShelf anchor={theme} />
              <StateShelf />
            </div>
          ))}
        </div>
      </main>
    </ToastProvider>
  )
}
