'use client'

import { ErrorState } from '#components/layout/error-state'
import { readDigest } from '#lib/browser/error-digest'

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main>
      <ErrorState key={error.digest} isPage {...readDigest(error.digest)} onRetry={retry} />
    </main>
  )
}
