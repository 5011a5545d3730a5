'use client'

import { ErrorState } from '#components/layout/error-state'
import { readDigest } from '#lib/browser/error-digest'

/** One screen failed: the frame around it still leads elsewhere. */
export default function ScreenError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <ErrorState key={error.digest} isPage {...readDigest(error.digest)} onRetry={retry} />
}
