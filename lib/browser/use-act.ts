'use client'

import { useRouter } from 'next/navigation.js'
import { useCallback, useRef, useState } from 'react'

/** What an action answers, as far as a form needs it. */
export type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; message: string; fields?: Record<string, string>; requestId: string; retryAfterSeconds?: number }

export interface Failure {
  message: string
  fields: Record<string, string>
  requestId: string | null
}

/**
 * Runs a server action for a form: busy while it runs, its failure in words, the page's data asked anew when it is done, unless
 * asking is an act of its own (`isLocal`). A server that does not answer is a failure too. What is answered after `clear` is
 * told to nobody: the dialog it was for is gone, and the next person to open one must not meet it.
 */
export function useAct<Input, Value>(
  act: (input: Input) => Promise<Answer<Value>>,
  lost: string,
  { isLocal = false } = {},
) {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const clearings = useRef(0)
  const run = useCallback(
    async (input: Input): Promise<Value | null> => {
      setBusy(true)
      setFailure(null)
      const before = clearings.current
      const fail = (failed: Failure): void => {
        if (clearings.current === before) setFailure(failed)
      }
      try {
        const answer = await act(input)
        if (answer.ok) {
          if (!isLocal) router.refresh()
          return clearings.current === before ? answer.value : null
        }
        fail({ message: answer.message, fields: answer.fields ?? {}, requestId: answer.requestId })
      } catch {
        fail({ message: lost, fields: {}, requestId: null })
      } finally {
        setBusy(false)
      }
      return null
    },
    [act, lost, router, isLocal],
  )
  const clear = useCallback(() => {
    clearings.current += 1
    setFailure(null)
  }, [])
  return { run, isBusy, failure, clear }
}
