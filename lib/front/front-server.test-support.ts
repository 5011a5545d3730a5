import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect as connectPlain } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect, type ConnectionOptions } from 'node:tls'

import { z } from 'zod'

import { issueAuthority, issueForServer } from '../platform/certificates/issue.ts'
import { type Front, type FrontOptions, startFront } from './front-server.ts'
import type { FrontLogEntry } from './request-flow.ts'
import { routeTable } from './route-table.ts'

export const ADMIN_PATH = '/q3-not-a-guessable-path_7'

async function makeCertificate(): Promise<{ ca: string; cert: string; key: string }> {
  const authority = await issueAuthority('An authority for one test', 1)
  const issued = await issueForServer(authority, ['localhost', '127.0.0.1', '::1'], 1)
  return { ca: authority.certificate, cert: issued.certificate, key: issued.key }
}

const page = (path: string): { page: string; regex: string } => ({
  page: path,
  regex: `^${path.replace(/\[\w+\]/g, '[^/]+?')}(?:/)?$`,
})

const ROUTES = {
  pages: [
    '/',
    '/page',
    '/unchanged',
    '/moved',
    '/sign-in-first',
    '/broken',
    '/silent',
    '/refused',
    '/echo',
    '/o/[org]',
    '/admin',
    '/admin/users',
    '/api/app/[thing]',
    '/api/v1/echo',
    '/api/hooks/[source]',
  ].map(page),
  files: ['/_next/static/chunks/a.js', '/.well-known/security.txt'],
}

/** As Next does to the server its first request came from. */
function takeUpgradesOf(request: IncomingMessage): void {
  const server: unknown = Reflect.get(request.socket, 'server')
  if (!(server instanceof EventEmitter) || server.listenerCount('upgrade') > 0) return
  server.on('upgrade', (_request: unknown, socket: Duplex) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
}

/** Answers as Next does, with everything about itself that Next lets slip. */
async function pretendNext(request: IncomingMessage, response: ServerResponse): Promise<void> {
  takeUpgradesOf(request)
  const path = (request.url ?? '').split('?')[0] ?? ''
  const html = (status: number): void => {
    response.setHeader('X-Powered-By', 'Next.js')
    response.setHeader('Cache-Control', 's-maxage=31536000')
    response.setHeader('Vary', 'rsc, next-router-state-tree, Accept-Language')
    response.setHeader('Set-Cookie', ['a=1', 'b=2'])
    response.setHeader('Content-Security-Policy', "script-src 'nonce-once'")
    response.writeHead(status, {
      'Content-Type': 'text/html',
      'x-nextjs-cache': 'HIT',
      'x-middleware-rewrite': '/admin',
      'x-matched-path': path,
      'x-action-redirect': '/b;push',
      ETag: '"e"',
    })
    response.write(`<p>${path}`)
    response.end(' nonce')
  }
  const json = (value: unknown, status = 200, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    response.end(JSON.stringify(value))
  }
  if (path === '/unchanged') response.writeHead(304, { 'Cache-Control': 'public, max-age=60' }).end()
  else if (path === '/moved') response.writeHead(308, 'Moved', ['Location', '/page', 'Vary', 'rsc']).end()
  else if (path === '/sign-in-first') {
    response.setHeader('Location', '/sign-in')
    html(307)
  } else if (path === '/broken') throw new RangeError('a detail nobody should see')
  else if (path === '/silent') await new Promise(() => {})
  else if (path === '/refused') html(500)
  else if (path === '/o/gone') html(404)
  else if (path === '/o/gone-quietly') Object.assign(response, { statusCode: 404 }).end('quiet')
  else if (path.endsWith('.js'))
    response
      .writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'public, max-age=31536000, immutable' })
      .end('1')
  else if (path === '/api/app/missing') json({ code: 'not_found' }, 404, { 'x-orinode-error': '1' })
  else if (path === '/api/app/unmarked') json({ code: 'not_found' }, 404)
  else if (path === '/api/app/page') html(404)
  else if (path.endsWith('/echo')) {
    let bytes = 0
    for await (const piece of request) bytes += Buffer.from(piece).length
    json({ headers: request.headers, distinct: request.headersDistinct, raw: request.rawHeaders, bytes })
  } else html(200)
}

export interface Answer {
  readonly status: number
  /** Lower-case name → values, in order. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly body: string
  /** The body as JSON, when it is. */
  readonly json: unknown
  readonly whole: string
}

function readAnswer(whole: string): Answer {
  const [head = '', ...rest] = whole.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers: Record<string, string[]> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    ;(headers[name] ??= []).push(line.slice(colon + 1).trim())
  }
  const sent = rest.join('\r\n\r\n')
  const body = headers['transfer-encoding']?.[0] === 'chunked' ? joinChunks(sent) : sent
  const json: unknown = body.startsWith('{') ? JSON.parse(body) : undefined
  return { status: Number(status.split(' ')[1]), headers, body, json, whole }
}

const Echo = z.object({
  headers: z.record(z.string(), z.string()),
  distinct: z.record(z.string(), z.array(z.string())),
  raw: z.array(z.string()),
  bytes: z.number(),
})

/** What the echo door says it received. */
export const echoOf = (answer: Answer): z.output<typeof Echo> => Echo.parse(answer.json)

function joinChunks(sent: string): string {
  const end = sent.indexOf('\r\n')
  const size = Number.parseInt(sent.slice(0, end), 16)
  return size > 0 ? sent.slice(end + 2, end + 2 + size) + joinChunks(sent.slice(end + 2 + size + 2)) : ''
}

interface Sent {
  readonly method?: string
  readonly host?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Loopback {
  readonly front: Front
  readonly log: FrontLogEntry[]
  readonly origin: string
  /** Bytes as they are, over TLS; resolves with all that came back. */
  raw(bytes: string, tls?: ConnectionOptions): Promise<string>
  /** One request whose target is sent as written. */
  send(target: string, sent?: Sent): Promise<Answer>
}

/** A front server on a free port, in front of a pretended Next. */
export async function loopbackFront(more: Partial<FrontOptions> = {}): Promise<Loopback> {
  const { ca, ...tls } = await makeCertificate()
  const log: FrontLogEntry[] = []
  const origin = 'https://localhost:8443'
  const front = await startFront({
    ...(more.plain === true ? {} : { tls }),
    host: '127.0.0.1',
    port: 0,
    origins: [origin, 'https://console.example'],
    adminPath: ADMIN_PATH,
    trustedHops: 0,
    routes: routeTable(ROUTES, ADMIN_PATH),
    hotMounts: [],
    nextHandler: pretendNext,
    log: (entry) => log.push(entry),
    ...more,
  })
  const raw: Loopback['raw'] = (bytes, options = {}) =>
    new Promise((resolve, reject) => {
      const at = { port: front.port, host: '127.0.0.1' }
      const socket =
        more.plain === true ? connectPlain(at) : connect({ ...at, ca, servername: 'localhost', ...options })
      let received = ''
      socket.on('data', (piece: Buffer) => (received += piece.toString('latin1')))
      socket.on('error', (error: Error) => {
        if (received === '') reject(error)
        else resolve(received)
      })
      socket.on('close', () => resolve(received))
      socket.write(bytes, 'latin1')
    })
  return {
    front,
    log,
    origin,
    raw,
    async send(target, { method = 'GET', host = 'localhost:8443', headers = {}, body } = {}) {
      const all = {
        Host: host,
        Connection: 'close',
        ...(body === undefined ? {} : { 'Content-Length': String(body.length) }),
        ...headers,
      }
      const lines = Object.entries(all)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')
      return readAnswer(await raw(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body ?? ''}`))
    },
  }
}
