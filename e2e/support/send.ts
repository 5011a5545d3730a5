import { randomInt } from 'node:crypto'
import { Agent, request } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

import { app } from './running-app.ts'

export interface Answer {
  status: number
  /** Names in lower case; a header sent twice is joined. */
  headers: Record<string, string>
  rawHeaders: string[]
  cookies: string[]
  /** Decompressed. */
  body: Buffer
  text: string
  /** Head and body as one text: everything a stranger sees. */
  whole: string
}

export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface Ask {
  method?: string
  /** Sent as it is written. */
  path: string
  /** A list may name a header twice. */
  headers?: Record<string, string> | HeaderList
  body?: string | Buffer
  /** One of this machine's 127.0.0.0/8. */
  from?: string
}

const agent = new Agent({ ca: app.ca, keepAlive: true, maxSockets: 32 })
const patienceMs = 20_000

/** One request over TLS with our authority only, nothing followed, nothing added. */
export function send({ method = 'GET', path, headers = {}, body, from }: Ask): Promise<Answer> {
  const list = isList(headers) ? headers : Object.entries(headers)
  const named = (name: string): boolean => list.some(([one]) => one.toLowerCase() === name)
  const head = [
    ...(named('host') ? [] : [['Host', app.host] as const]),
    ...list,
    ...(body === undefined || named('content-length')
      ? []
      : [['Content-Length', String(Buffer.byteLength(body))] as const]),
  ]
  return new Promise((done, failed) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: app.port,
        servername: app.hostname,
        agent: from === undefined ? agent : new Agent({ ca: app.ca, keepAlive: false }),
        ...(from === undefined ? {} : { localAddress: from }),
        method,
        path,
        headers: head.flat(),
        timeout: patienceMs,
      },
      (answered) => {
        const pieces: Buffer[] = []
        answered.on('data', (piece: Buffer) => pieces.push(piece))
        answered.on('error', failed)
        answered.on('end', () => done(answerOf(answered.statusCode ?? 0, answered.rawHeaders, Buffer.concat(pieces))))
      },
    )
    asking.on('timeout', () => asking.destroy(new Error(`${method} was not answered in time`)))
    asking.on('error', failed)
    asking.end(body)
  })
}

function isList(headers: Record<string, string> | HeaderList): headers is HeaderList {
  return Array.isArray(headers)
}

function answerOf(status: number, rawHeaders: string[], raw: Buffer): Answer {
  const headers: Record<string, string> = {}
  const cookies: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const value = rawHeaders[at + 1] ?? ''
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
    if (name === 'set-cookie') cookies.push(value)
  }
  const body = decompressed(raw, headers['content-encoding'])
  const text = body.toString('utf8')
  return { status, headers, rawHeaders, cookies, body, text, whole: `${rawHeaders.join('\n')}\n\n${text}` }
}

function decompressed(raw: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(raw)
  if (encoding === 'br') return brotliDecompressSync(raw)
  if (encoding === 'deflate') return inflateSync(raw)
  return raw
}

export function json(answer: Answer): Record<string, unknown> {
  const value: unknown = JSON.parse(answer.text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the answer is no JSON object')
  return Object.fromEntries(Object.entries(value))
}

/** An address of this machine that nothing else in this run uses: limits count by address, and nobody is let past them. */
export const freshAddress = (): string => `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(2, 255)}`

/** A request with an API key. `from` among the headers is the address it comes from, as in `send`. */
export function ask(
  key: string,
  method: string,
  path: string,
  body?: unknown,
  { from, ...headers }: Record<string, string> = {},
): Promise<Answer> {
  return send({
    method,
    path,
    ...(from === undefined ? {} : { from }),
    headers: { 'X-API-Key': key, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  })
}
