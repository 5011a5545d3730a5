import type { IncomingMessage, ServerResponse } from 'node:http'

/** 1 MiB; doors that take files name their own limit. */
export const DEFAULT_BODY_LIMIT_BYTES = 1_048_576
const LINGER_MS = 1_000

const cut = (request: IncomingMessage): void => {
  if (!request.destroyed) request.destroy(new Error('The request was answered before it was read.'))
}

/**
 * Count a body as it arrives and hand over no byte past the limit. Wraps `push`, where the parser puts each piece,
 * because a listener for data would start the flow before the handler is there to read it.
 */
export function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  limitBytes: number,
  whenOver: () => void,
): void {
  const push = request.push.bind(request)
  let received = 0
  request.push = (piece: unknown, encoding?: BufferEncoding): boolean => {
    const wasWithin = received <= limitBytes
    if (Buffer.isBuffer(piece)) received += piece.length
    if (received <= limitBytes) return push(piece, encoding)
    if (wasWithin) {
      whenOver()
      hangUpSoon(request)
    }
    // Whoever reads this body waits for its end: give it an error, once the answer is out.
    if (piece === null) {
      if (response.writableFinished) cut(request)
      else response.once('finish', () => cut(request))
    }
    return true
  }
}

/** After an early answer: let the sender finish, so that it reads the answer instead of a reset, but not for long. */
export function hangUpSoon(request: IncomingMessage): void {
  if (request.complete) return
  request.resume()
  const timer = setTimeout(() => cut(request), LINGER_MS)
  timer.unref()
  request.once('end', () => clearTimeout(timer))
  request.once('close', () => clearTimeout(timer))
}
