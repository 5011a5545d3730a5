'use client'

import { ErrorState } from '#components/layout/error-state'
import { StateFrame } from '#components/layout/state-frame'
import { readDigest } from '#lib/browser/error-digest'

import { words } from '../components/words/words.ts'

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const { code, requestId } = readDigest(error.digest)
  const { keyDisabled } = words.states
  return (
    <main>
      {code === 'key_disabled' ? (
        <StateFrame isPage icon="eye-off" title={keyDisabled.title} text={keyDisabled.text} />
      ) : (
        <ErrorState isPage requestId={requestId} onRetry={retry} />
      )}
    </main>
  )
}
