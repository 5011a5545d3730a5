import 'server-only'

import type { AppError } from '../kernel/app-error.ts'

/** The one form of every refusal: `{error, code, request_id, detail?}`. */
export function errorBody(error: AppError, requestId: string) {
  return {
    error: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.fields ? { detail: { fields: error.fields } } : {}),
  }
}

export function errorResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    'x-orinode-error': '1',
  })
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds))
  return new Response(JSON.stringify(errorBody(error, requestId)), { status: error.status, headers })
}
