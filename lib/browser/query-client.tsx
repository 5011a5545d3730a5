'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

import { DoorError } from './fetch-json.ts'

const TRIES = 2

/** A refusal stays a refusal however often one asks; only silence and our own faults are worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  return failures < TRIES && (!(error instanceof DoorError) || error.status === 0 || error.status >= 500)
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 30_000, gcTime: 60_000 } } }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
