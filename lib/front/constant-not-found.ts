import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

import { dress } from './header-set.ts'

const STYLE =
  'html{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0;min-height:100vh;display:grid;place-content:center;text-align:center}p{margin:.25rem}'

const BODY = Buffer.from(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not found</title><style>${STYLE}</style></head><body><h1>Not found</h1><p>There is nothing at this address.</p><p><a href="/">Orinode</a></p></body></html>\n`,
)
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/**
 * Put the one head of every 404 on a response: whatever was set before goes, so that two unknown addresses differ in
 * Date and X-Request-Id only. Returns the body that belongs to it.
 */
export function notFoundHead(response: ServerResponse, requestId: string): Buffer {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.statusCode = 404
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader('Content-Length', BODY.length)
  response.setHeader('Content-Security-Policy', POLICY)
  dress(response, requestId)
  return BODY
}
