import 'server-only'

import type { AppError } from '../kernel/app-error.ts'

/** The digest is all of an error that Next lets the error page see: our code, request id and when to come back. */
export function forErrorPage(error: AppError, requestId: string): AppError {
  return Object.assign(error, { digest: [error.code, requestId, error.retryAfterSeconds ?? []].flat().join(':') })
}
