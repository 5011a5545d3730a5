import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

import { dress } from './header-set.ts'

// The tokens of app/globals.css, written out: this page loads nothing. It follows the device, since the theme somebody chose
// is in a cookie, and an answer that knew cookies would not be one answer.
const STYLE = [
  ':root{color-scheme:light dark;--paper:light-dark(oklch(.992 .002 90),oklch(.185 .012 277));--ink:light-dark(oklch(.225 .02 277),oklch(.94 .006 277));--muted:light-dark(oklch(.475 .018 277),oklch(.735 .014 277));--line:light-dark(oklch(.915 .006 90),oklch(.31 .016 277));--raised:light-dark(oklch(1 0 0),oklch(.222 .014 277));--accent:light-dark(oklch(.435 .165 275),oklch(.765 .115 277))}',
  "body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-content:center;justify-items:center;gap:.5rem;padding:2.5rem 1.5rem;box-sizing:border-box;background:var(--paper);color:var(--ink);text-align:center;font:.875rem/1.25rem system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif}",
  'a{color:inherit;text-decoration:none}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}',
  '.mark{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;margin-bottom:1.5rem;font-size:1rem;font-weight:600;letter-spacing:-.025em}svg{color:var(--accent)}',
  'h1{margin:0;font-size:1.25rem;line-height:1.75rem;font-weight:600;text-wrap:balance}p{margin:0;max-width:24rem;color:var(--muted);text-wrap:pretty}',
  '.go{display:flex;align-items:center;min-height:2.75rem;margin-top:1rem;padding:0 1rem;border:1px solid var(--line);border-radius:.375rem;background:var(--raised);font-weight:500}.go:hover{border-color:var(--muted)}',
].join('')

const MARK =
  '<svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20"><circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-dasharray="35 12.12" transform="rotate(-18 10 10)"/><circle cx="10" cy="10" r="3" fill="currentColor"/></svg>'

const BODY = Buffer.from(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Not found · Orinode</title><style>${STYLE}</style></head><body><a class="mark" href="/">${MARK}Orinode</a><main><h1>There is nothing here</h1><p>The address may be mistyped, or what it led to has gone.</p></main><a class="go" href="/o">Go to your organisations</a></body></html>\n`,
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
