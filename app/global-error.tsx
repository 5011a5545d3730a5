'use client'

import './globals.css'

import { readDigest } from '#lib/browser/error-digest'
import { readTheme, THEME_COOKIE } from '#lib/browser/theme'

import * as words from '../components/words/words.ts'

/**
 * Stands in for the whole page, layout included, so it finds the theme by itself. Made of nothing else of ours: every page
 * carries it along, and it is the last that can fail.
 */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const { requestId } = readDigest(error.digest)
  return (
    <html lang="en" data-theme={themeHere()} suppressHydrationWarning>
      <body>
        <main className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-16 text-center">
          <h1 className="text-16 font-semibold">{words.states.error.title}</h1>
          <p className="text-muted">{words.states.error.text}</p>
          {requestId !== undefined && (
            <p className="text-12 text-muted">
              {words.states.requestId} <code className="font-mono break-all text-ink">{requestId}</code>
            </p>
          )}
          <button
            type="button"
            onClick={retry}
            className="h-11 rounded-6 border border-accent bg-accent px-4 font-medium text-on-accent"
          >
            {words.states.tryAgain}
          </button>
        </main>
      </body>
    </html>
  )
}

function themeHere() {
  if (typeof document === 'undefined') return readTheme(undefined)
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${THEME_COOKIE}=`))
  return readTheme(cookie?.slice(THEME_COOKIE.length + 1))
}
