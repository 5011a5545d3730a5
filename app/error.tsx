'use client'

import { ErrorState } from '#components/layout/error-state'

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main>
      <ErrorState isPage requestId={error.digest} onRetry={retry} />
    </main>
  )
}
