import type { IncomingMessage } from 'node:http'

import { FRONT_MARKER } from './admin-path.ts'
import { frontMarker } from './front-state.ts'
import { isReadableRouterState } from './router-state.ts'

// Names only we may say; and conditions on parts of an answer, which Next meets with a 500: a hot door may be asked for a part.
const NEVER_FROM_OUTSIDE =
  /^(?:x-middleware-.*|x-nextjs-.*|x-next-.*|x-invoke-.*|x-now-.*|x-vercel-.*|x-matched-path|next-resume|x-prerender-.*|x-forwarded-.*|forwarded|x-real-ip|x-orinode-.*|x-request-id|x-nonce|range|if-range|if-match|if-unmodified-since|content-security-policy(?:-report-only)?)$/

/** Keep all of a request's three views of its headers in step: the list, the joined and the distinct. */
function rewrite(
  request: IncomingMessage,
  unwanted: (name: string) => boolean,
  added: Readonly<Record<string, string>>,
): void {
  const list: string[] = []
  const distinct: Record<string, string[]> = {}
  const keep = (name: string, value: string): void => {
    list.push(name, value)
    ;(distinct[name.toLowerCase()] ??= []).push(value)
  }
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? ''
    if (!unwanted(name.toLowerCase())) keep(name, request.rawHeaders[at + 1] ?? '')
  }
  for (const name of Object.keys(request.headers)) if (unwanted(name)) delete request.headers[name]
  for (const [name, value] of Object.entries(added)) {
    keep(name, value)
    request.headers[name] = value
  }
  request.rawHeaders = list
  request.headersDistinct = distinct
}

interface Mark {
  readonly requestId: string
  readonly address: string
  readonly mayHaveCookies: boolean
  /** The framework's router asks for pages only: at any other door its words are a stranger's. */
  readonly mayAskForPage: boolean
  readonly mayAskForPart: boolean
}

/** The first alone has Next answer a door with a redirect to itself. */
const ASKS_FOR_PAGE = /^(?:rsc|next-router-.*|next-url)$/
const ROUTER_STATE = 'next-router-state-tree'
const ASKS_FOR_PART = new Set(['range', 'if-range'])

/** Take off what only we may say about a request, then say it. */
export function markRequest(request: IncomingMessage, mark: Mark): void {
  const { requestId, address, mayHaveCookies, mayAskForPage, mayAskForPart } = mark
  const state = request.headers[ROUTER_STATE]
  const isNonsense = state !== undefined && !isReadableRouterState(state)
  const isUnwanted = (name: string): boolean =>
    (NEVER_FROM_OUTSIDE.test(name) && !(mayAskForPart && ASKS_FOR_PART.has(name))) ||
    (name === 'cookie' && !mayHaveCookies) ||
    (ASKS_FOR_PAGE.test(name) && !mayAskForPage) ||
    (name === ROUTER_STATE && isNonsense)
  rewrite(request, isUnwanted, {
    'x-request-id': requestId,
    'x-orinode-address': address,
    // Next copies the socket's address here when it is absent, which behind a proxy is the proxy's.
    'x-forwarded-for': address,
    [FRONT_MARKER]: frontMarker(),
  })
}
