import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import { newId } from '../kernel/ids.ts'
import { headerLines } from './header-set.ts'

const ANSWERS: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The request headers are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Content Too Large', 'The chunk extensions are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to arrive.'],
}
const BAD_REQUEST = [400, 'Bad Request', 'That is not an HTTP request this server understands.'] as const

/** Answer what could not be read as a request, in the same dress as everything else. Returns the status, if one was sent. */
export function answerMalformed(
  error: { code?: string | undefined },
  socket: Duplex,
  inFlight: ServerResponse | undefined,
): number | undefined {
  // Anything else is a fault of the connection, or a handshake that failed: there is nobody to answer.
  const isHttp = /^(?:HPE|ERR_HTTP)_/.test(error.code ?? '')
  if (!isHttp || !socket.writable || inFlight?.headersSent === true) {
    socket.destroy()
    return undefined
  }
  const [status, reason, message] = ANSWERS[error.code ?? ''] ?? BAD_REQUEST
  answerRaw(socket, status, reason, `${message}\n`)
  return status
}

/** A whole answer written to a socket that has no response object; closes it. */
export function answerRaw(
  socket: Duplex,
  status: number,
  reason: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const head = headerLines(newId(), {
    ...more,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  })
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${head}\r\n${body}`)
}
