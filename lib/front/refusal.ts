import type { ServerResponse } from 'node:http'

import type { Refusal } from './request-check.ts'

/** The front's own answer: the API's error form under /api, one plain line elsewhere. */
export function refuse(response: ServerResponse, refusal: Refusal, requestId: string, isApi: boolean): void {
  if (response.headersSent || response.writableEnded) return
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  const body = isApi
    ? JSON.stringify({ error: refusal.message, code: refusal.code, request_id: requestId })
    : `${refusal.message}\n`
  response.writeHead(refusal.status, {
    'Content-Type': isApi ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...refusal.headers,
  })
  response.end(body)
}

export const internalError: Refusal = { status: 500, code: 'internal', message: 'Something went wrong on our side.' }

/** 404 is not among the refusals: it has one constant answer of its own, which the response filter puts in place. */
export function answerNotFound(response: ServerResponse): void {
  response.writeHead(404)
  response.end()
}
