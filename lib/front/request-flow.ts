import type { IncomingMessage, ServerResponse } from 'node:http'

import { newId } from '../kernel/ids.ts'
import { FRONT_MARKER } from './admin-path.ts'
import { DEFAULT_BODY_LIMIT_BYTES, hangUpSoon, limitBody } from './body-limit.ts'
import { clientAddress } from './client-address.ts'
import { compressedFiles } from './compressed-files.ts'
import { compressResponse } from './compressed-response.ts'
import { frontMarker, sameSecret } from './front-state.ts'
import { type HotMount, hotTable } from './hot-mounts.ts'
import { canonicalPath, doorOf, isMachineDoor } from './path-shape.ts'
import { answerNotFound, internalError, refuse } from './refusal.ts'
import * as check from './request-check.ts'
import { markRequest } from './request-headers.ts'
import { filterResponse } from './response-filter.ts'
import { isFileRoute, type RouteTable } from './route-table.ts'
import { sendWebResponse, toWebRequest } from './web-exchange.ts'

/** One line per request. Route names and numbers only: an address can carry a secret, a number or a name. */
export interface FrontLogEntry {
  readonly requestId: string
  readonly method: string
  readonly route: string
  readonly status: number
  readonly durationMs: number
  /** The class of an error nobody caught. */
  readonly failure?: string
}

export interface FlowOptions {
  /** Where we are reached, as in `https://app.example`. */
  readonly origins: readonly string[]
  readonly trustedHops: number
  readonly routes: RouteTable
  readonly hotMounts: readonly HotMount[]
  /** Body limits of the doors that take more than the default, by route name. */
  readonly bodyLimits?: Readonly<Record<string, number>>
  readonly nextHandler: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly log: (entry: FrontLogEntry) => void
}

export type Flow = (request: IncomingMessage, response: ServerResponse) => void

/** Node joins repeated headers of this kind with commas, but types them as if it might not. */
const text = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value

/** The framework calls us back after an action that redirects, with the headers of the request that asked. */
const isOwnCall = (request: IncomingMessage): boolean =>
  sameSecret(text(request.headers[FRONT_MARKER]) ?? '', frontMarker())

/** The way of a request: shape, host, method, existence, origin, size; then a hot door or Next. */
export function requestFlow(options: FlowOptions): Flow {
  const originOf = new Map(options.origins.map((origin) => [new URL(origin).host, new URL(origin).origin]))
  const origins = new Set(originOf.values())
  const hosts = new Set(originOf.keys())
  const hot = hotTable(options.hotMounts)
  const files = compressedFiles()

  return (request, response) => {
    const { headers, method = '' } = request
    const requestId = newId()
    const path = canonicalPath(request.url ?? '')
    const door = doorOf(path ?? '')
    const isApi = door !== 'browser'
    const mount = path === undefined ? undefined : hot(method, path)
    const route = mount?.pattern ?? (path === undefined ? undefined : options.routes(path))
    const isOwn = isOwnCall(request)
    const noteFailure = logWhenClosed(response, options.log, { requestId, method, route: route ?? '(none)' })
    compressResponse(request, response, isFileRoute(route) ? files : undefined)
    filterResponse(response, requestId, isApi)

    const turnAway = (reason: check.Refusal): void => {
      refuse(response, reason, requestId, isApi)
      hangUpSoon(request)
    }
    const early =
      check.checkShape(request) ??
      (isOwn ? undefined : check.checkHost(headers.host, hosts)) ??
      check.checkMethod(method, isApi)
    if (early !== undefined) return turnAway(early)
    if (route === undefined) {
      answerNotFound(response)
      return hangUpSoon(request)
    }
    const limitBytes = options.bodyLimits?.[route] ?? DEFAULT_BODY_LIMIT_BYTES
    const late =
      (mount?.kind === 'other-method' ? check.methodRefusal(mount.allowed) : undefined) ??
      check.checkForwarding(request) ??
      check.checkOrigin(request, door, origins) ??
      check.checkDeclaredLength(headers['content-length'], limitBytes)
    if (late !== undefined) return turnAway(late)

    const address = isOwn
      ? text(headers['x-orinode-address'])
      : clientAddress(request.socket.remoteAddress, text(headers['x-forwarded-for']), options.trustedHops)
    limitBody(request, response, limitBytes, () => turnAway(check.tooLarge))
    markRequest(request, {
      requestId,
      address: address ?? 'unknown',
      mayHaveCookies: !isMachineDoor(door),
      mayAskForPage: !isApi,
      mayAskForPart: mount?.kind === 'found',
    })
    if (headers.expect !== undefined) response.writeContinue()

    const serve = async (): Promise<void> => {
      if (mount?.kind !== 'found') return options.nextHandler(request, response)
      const origin = originOf.get(headers.host?.toLowerCase() ?? '') ?? [...origins][0] ?? ''
      const context = { params: Promise.resolve(mount.params) }
      return sendWebResponse(await mount.handler(toWebRequest(request, response, origin), context), response)
    }
    serve().catch((error: unknown) => {
      noteFailure(error)
      if (response.headersSent) response.destroy()
      else refuse(response, internalError, requestId, isApi)
    })
  }
}

/** Write the line of this request once its answer is out or cut. */
function logWhenClosed(
  response: ServerResponse,
  log: FlowOptions['log'],
  known: Pick<FrontLogEntry, 'requestId' | 'method' | 'route'>,
): (error: unknown) => void {
  const startedAt = performance.now()
  let failure: string | undefined
  response.once('close', () => {
    const entry = { ...known, status: response.statusCode, durationMs: Math.round(performance.now() - startedAt) }
    log(failure === undefined ? entry : { ...entry, failure })
  })
  return (error) => {
    failure = error instanceof Error ? error.name : typeof error
  }
}
