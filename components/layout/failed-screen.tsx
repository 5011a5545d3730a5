'use client'

import { lazy, Suspense } from 'react'

import { readDigest } from '#lib/browser/error-digest'

import * as words from '../words/words.ts'

/** What the framework gives an error page. */
export interface Failed {
  error: Error & { digest?: string }
  retry: () => void
}

// Every page carries its error page along; what one looks like is fetched by the few who see it.
const ErrorState = lazy(async () => ({ default: (await import('./error-state.tsx')).ErrorState }))

/** In place of a screen that could not be drawn. */
export function FailedScreen({ error, retry }: Failed) {
  return (
    <Suspense fallback={<p className="px-6 py-16 text-center text-muted">{words.states.error.title}</p>}>
      <ErrorState key={error.digest} isPage {...readDigest(error.digest)} onRetry={retry} />
    </Suspense>
  )
}
