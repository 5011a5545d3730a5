'use client'

import { Button } from '../ui/button.tsx'
import { stateWords } from '../words/state-words.ts'
import { StateFrame } from './state-frame.tsx'

interface ErrorStateProps {
  requestId?: string | undefined
  onRetry?: () => void
  isPage?: boolean
}

/** Our fault, with the id that finds it in our logs. */
export function ErrorState({ requestId, onRetry, isPage = false }: ErrorStateProps) {
  const { error, tryAgain, requestId: label } = stateWords
  return (
    <StateFrame
      icon="warning"
      isPage={isPage}
      title={error.title}
      text={
        <>
          <p>{error.text}</p>
          {requestId !== undefined && (
            <p className="mt-2 text-12">
              {label} <code className="font-mono break-all text-ink">{requestId}</code>
            </p>
          )}
        </>
      }
      action={
        onRetry && (
          <Button look="primary" onClick={onRetry}>
            {tryAgain}
          </Button>
        )
      }
    />
  )
}
