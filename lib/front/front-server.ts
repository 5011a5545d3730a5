import { createServer as createPlainServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIPv4 } from 'node:net'
import type { Duplex } from 'node:stream'

import { newId } from '../kernel/ids.ts'
import { openAdminPath } from './admin-path.ts'
import { answerMalformed, answerRaw } from './malformed-request.ts'
import { type FlowOptions, requestFlow } from './request-flow.ts'

interface Timeouts {
  readonly headersMs: number
  readonly requestMs: number
  readonly keepAliveMs: number
  readonly drainMs: number
}

export interface FrontOptions extends FlowOptions {
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer }
  /** Serve without TLS, for a terminator on the same machine. Refused on any address but loopback. */
  readonly plain?: boolean
  readonly host: string
  readonly port: number
  readonly adminPath: string
  readonly timeouts?: Partial<Timeouts>
}

export interface Front {
  readonly port: number
  /** Take no new connection, let running answers finish for a while, then cut the rest. */
  close(): Promise<void>
}

const DEFAULT_TIMEOUTS: Timeouts = { headersMs: 10_000, requestMs: 120_000, keepAliveMs: 30_000, drainMs: 10_000 }
const HEADERS_LIMIT_BYTES = 16_384

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

function makeServer(options: FrontOptions, timeouts: Timeouts): Server {
  const common = {
    maxHeaderSize: HEADERS_LIMIT_BYTES,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    connectionsCheckingInterval: Math.min(1_000, timeouts.headersMs),
    // Node's own answer to a missing Host has none of our headers; the flow refuses it.
    requireHostHeader: false,
    // Whoever adds an upgrade listener to this server (Next does) is never called.
    shouldUpgradeCallback: () => false,
  }
  if (options.plain === true) {
    if (!isLoopback(options.host)) throw new Error('Without TLS this server listens on loopback only')
    return createPlainServer(common)
  }
  if (options.tls === undefined) throw new Error('A certificate and its key are needed')
  return createTlsServer({
    ...common,
    ...options.tls,
    minVersion: 'TLSv1.3',
    handshakeTimeout: 10_000,
    ALPNProtocols: ['http/1.1'],
  })
}

/** Start the one server strangers talk to. */
export async function startFront(options: FrontOptions): Promise<Front> {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  openAdminPath(options.adminPath)
  const flow = requestFlow(options)
  const server = makeServer(options, timeouts)
  const inFlight = new WeakMap<Duplex, ServerResponse>()
  let isClosing = false

  // Dropping headers beyond a count would hide them from the checks; their size is limited instead.
  server.maxHeadersCount = 0
  const receive: typeof flow = (request, response) => {
    inFlight.set(request.socket, response)
    if (isClosing) response.shouldKeepAlive = false
    flow(request, response)
  }
  // The last two so that Node neither says "continue" before the checks nor answers 417 in its own dress.
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.on(event, receive)
  server.on('connect', (_request: unknown, socket: Duplex) => {
    answerRaw(socket, 405, 'Method Not Allowed', 'That method is not allowed here.\n', { Allow: 'GET, HEAD, POST' })
  })
  server.on('clientError', (error: { code?: string }, socket: Duplex) => {
    const status = answerMalformed(error, socket, inFlight.get(socket))
    if (status !== undefined)
      options.log({ requestId: newId(), method: '', route: '(malformed)', status, durationMs: 0 })
  })

  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(options.port, options.host, () => {
      server.off('error', failed)
      listening()
    })
  })
  return {
    port: portOf(server),
    close: () =>
      new Promise((closed) => {
        isClosing = true
        const timer = setTimeout(() => server.closeAllConnections(), timeouts.drainMs)
        server.close(() => {
          clearTimeout(timer)
          closed()
        })
      }),
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}
