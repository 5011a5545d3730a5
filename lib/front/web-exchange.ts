import type { IncomingMessage, ServerResponse } from 'node:http'

import { hangUpSoon } from './body-limit.ts'

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (Array.isArray(value)) for (const one of value) headers.append(name, one)
    else if (value !== undefined) headers.set(name, value)
  }
  return headers
}

/** The body as a web stream: nothing is taken from the socket before it is read, and no faster. */
function bodyOf(request: IncomingMessage, response: ServerResponse): ReadableStream<Uint8Array> {
  let isStarted = false
  let isOver = false

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    isStarted = true
    const finish = (how: () => void) => (): void => {
      if (!isOver) how()
      isOver = true
    }
    const fail = finish(() => controller.error(new Error('The request ended before its body did.')))
    request.on('data', (piece: Buffer) => {
      if (isOver) return
      controller.enqueue(new Uint8Array(piece))
      request.pause()
    })
    request.once(
      'end',
      finish(() => controller.close()),
    )
    request.once('error', fail)
    request.once('close', fail)
    // What is still to come after the answer has no reader, and must not block the connection's next request.
    response.once('finish', () => {
      fail()
      hangUpSoon(request)
    })
  }
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      if (!isStarted) start(controller)
      request.resume()
    },
    cancel() {
      isOver = true
      request.resume()
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

/** The request as handlers know it. Its signal fires when the asker goes away before the answer is complete. */
export function toWebRequest(request: IncomingMessage, response: ServerResponse, origin: string): Request {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const method = request.method ?? 'GET'
  const url = origin + (request.url ?? '/')
  const bare = { method, headers: headersOf(request), signal: gone.signal }
  if (method === 'GET' || method === 'HEAD') return new Request(url, bare)
  // A streamed body must say so; the DOM's types do not know the word.
  const streamed: RequestInit & { duplex: 'half' } = { ...bare, body: bodyOf(request, response), duplex: 'half' }
  return new Request(url, streamed)
}

/** Room for more, or nobody left to send to. Leaves no listener behind: a stream waits here thousands of times. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    response.on('drain', go)
    response.on('close', go)
  })
}

/** Send a handler's answer, no faster than it is taken; when the taker leaves, the source is told. */
export async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.writeHead(answer.status)
  if (answer.body === null || response.req.method === 'HEAD') {
    await answer.body?.cancel()
    response.end()
    return
  }
  const reader = answer.body.getReader()
  const isGone = (): boolean => response.destroyed || response.closed
  const stop = (): void => {
    reader.cancel().catch(() => {})
  }
  response.once('close', stop)
  if (isGone()) stop()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (isGone()) return
    if (!response.write(piece.value)) await drained(response)
  }
  response.off('close', stop)
  response.end()
}
