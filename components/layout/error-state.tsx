'use client'

import { useEffect, useEffectEvent } from 'react'

import { useCountdown } from '../records/use-countdown.ts'
import { Button } from '../ui/button.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import * as words from '../words/words.ts'
import { StateFrame } from './state-frame.tsx'

interface ErrorStateProps {
  /** Ours, where our own code said what is wrong. */
  code?: string | undefined
  requestId?: string | undefined
  retryAfterSeconds?: number | undefined
  onRetry?: () => void
  isPage?: boolean
}

interface Look {
  icon: IconName
  title: string
  text: string
}

const looks: Readonly<Record<string, Look>> = {
  key_disabled: { icon: 'eye-off', ...words.states.keyDisabled },
  rate_limited: { icon: 'warning', ...words.states.tooMany },
  unavailable: { icon: 'offline', ...words.states.unavailable },
}
const usual: Look = { icon: 'warning', ...words.states.error }

/** A server that is away is asked again no sooner than this. */
const SOONEST_SECONDS = 5

/** What went wrong and what to do, with the id that finds it in our logs. A server that was away is asked again by itself. */
export function ErrorState({ code, requestId, retryAfterSeconds, onRetry, isPage = false }: ErrorStateProps) {
  const isAway = code === 'unavailable'
  const wait = useCountdown(isAway ? Math.max(SOONEST_SECONDS, retryAfterSeconds ?? 0) : retryAfterSeconds)
  const retry = useEffectEvent(() => onRetry?.())
  useEffect(() => {
    if (isAway && wait.isOver) retry()
  }, [isAway, wait.isOver])

  const { tryAgain, tryAgainIn, requestId: label } = words.states
  const { icon, title, text } = looks[code ?? ''] ?? usual
  // Nobody is kept from asking a server that may be back; a limit would only answer the same.
  const isBlocked = wait.isRunning && !isAway
  return (
    <StateFrame
      icon={icon}
      isPage={isPage}
      title={title}
      text={
        <>
          <p>{text}</p>
          {requestId !== undefined && (
            <p className="mt-2 text-12">
              {label} <code className="font-mono break-all text-ink">{requestId}</code>
            </p>
          )}
        </>
      }
      action={
        onRetry && (
          <Button look="primary" blocked={isBlocked} onClick={onRetry}>
            {wait.isRunning ? tryAgainIn(wait.clock) : tryAgain}
          </Button>
        )
      }
    />
  )
}
