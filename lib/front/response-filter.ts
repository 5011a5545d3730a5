import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'

import { notFoundHead } from './constant-not-found.ts'
import { dress } from './header-set.ts'

/** Set by our API doors on their own JSON errors; never leaves the house. */
const OWN_ERROR = 'x-orinode-error'

type GivenHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[]
type Done = (error?: Error | null) => void

/** `writeHead` takes an object or a flat list of names and values; both end up as set headers. */
function adopt(response: ServerResponse, given: GivenHeaders): void {
  if (!Array.isArray(given)) {
    for (const [name, value] of Object.entries(given)) if (value !== undefined) response.setHeader(name, value)
    return
  }
  const seen = new Set<string>()
  for (let at = 0; at + 1 < given.length; at += 2) {
    const name = String(given[at])
    const value = given[at + 1]
    const values = Array.isArray(value) ? value.map(String) : String(value)
    if (seen.has(name.toLowerCase())) response.appendHeader(name, values)
    else response.setHeader(name, values)
    seen.add(name.toLowerCase())
  }
}

function isOwnError(response: ServerResponse): boolean {
  return (
    response.getHeader(OWN_ERROR) === '1' && String(response.getHeader('content-type')).startsWith('application/json')
  )
}

/** Leads a browser elsewhere; whatever the page had made until then, in whichever pieces and order, nobody is to see. */
function isRedirectedPage(response: ServerResponse): boolean {
  return (
    Math.floor(response.statusCode / 100) === 3 &&
    response.hasHeader('location') &&
    String(response.getHeader('content-type')).startsWith('text/html')
  )
}

const UNREADABLE = Buffer.from('This request could not be read.\n')

/**
 * The framework answers a form or an action it cannot decode with a bare 500. Ours never end so: what an action throws is in its
 * answer, and a page that breaks is a page.
 */
function isUndecoded(response: ServerResponse): boolean {
  return (
    response.statusCode === 500 &&
    response.req.method === 'POST' &&
    !String(response.getHeader('content-type')).startsWith('text/html')
  )
}

function unreadableHead(response: ServerResponse, requestId: string): Buffer {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.statusCode = 400
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Content-Length', UNREADABLE.length)
  dress(response, requestId)
  return UNREADABLE
}

/**
 * From here on nothing leaves through this response but what the front approves of: the promised headers on it, the
 * framework's off it, in place of a 404 the constant one, unless an API door answered in our own error form, and of a
 * page that redirects its head alone.
 */
export function filterResponse(response: ServerResponse, requestId: string, isApi: boolean): void {
  const sendHead = response.writeHead.bind(response)
  const sendPiece = response.write.bind(response)
  const sendEnd = response.end.bind(response)
  let instead: Buffer | undefined

  const hideBody = (): boolean => {
    if (instead !== undefined) return true
    if (response.headersSent) return false
    if (response.statusCode === 404 && !(isApi && isOwnError(response))) {
      instead = notFoundHead(response, requestId)
    } else if (!isApi && isUndecoded(response)) {
      instead = unreadableHead(response, requestId)
    } else if (isRedirectedPage(response)) {
      instead = Buffer.alloc(0)
      dress(response, requestId)
      response.setHeader('Content-Length', 0)
    } else return false
    sendHead(response.statusCode)
    return true
  }

  response.writeHead = (status: number, reasonOrHeaders?: string | GivenHeaders, headers?: GivenHeaders) => {
    if (response.headersSent) return response
    response.statusCode = status
    const given = typeof reasonOrHeaders === 'string' ? headers : (reasonOrHeaders ?? headers)
    if (given !== undefined) adopt(response, given)
    if (hideBody()) return response
    dress(response, requestId)
    return sendHead(status)
  }

  response.write = (piece: unknown, encodingOrDone?: BufferEncoding | Done, done?: Done) => {
    if (hideBody()) {
      const called = typeof encodingOrDone === 'function' ? encodingOrDone : done
      if (called !== undefined) process.nextTick(called)
      return true
    }
    return typeof encodingOrDone === 'string'
      ? sendPiece(piece, encodingOrDone, done)
      : sendPiece(piece, encodingOrDone)
  }

  response.end = (piece?: unknown, encodingOrDone?: BufferEncoding | (() => void), done?: () => void) => {
    if (hideBody()) {
      if (response.writableEnded) return response
      const called = [piece, encodingOrDone, done].find((one): one is () => void => typeof one === 'function')
      return sendEnd(instead, called)
    }
    if (typeof encodingOrDone === 'string') return sendEnd(piece, encodingOrDone, done)
    return typeof piece === 'function' ? sendEnd(undefined, encodingOrDone) : sendEnd(piece, encodingOrDone)
  }
}
