'use client'

import './globals.css'

import { ErrorState } from '#components/layout/error-state'
import { readDigest } from '#lib/browser/error-digest'
import { readTheme, THEME_COOKIE } from '#lib/browser/theme'

/** Stands in for the whole page, layout included, so it finds the theme by itself. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en" data-theme={themeHere()} suppressHydrationWarning>
      <body>
        <main>
          <ErrorState key={error.digest} isPage {...readDigest(error.digest)} onRetry={retry} />
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
