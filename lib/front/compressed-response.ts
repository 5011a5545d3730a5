import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Gzip } from 'node:zlib'

import type { compressedFiles } from './compressed-files.ts'
import { paddedGzip } from './padded-gzip.ts'
import { type Encoding, encodingFor } from './response-encoding.ts'

type Files = ReturnType<typeof compressedFiles>
type Done = (error?: Error | null) => void

const text = (value: number | string | readonly string[] | undefined): string | undefined =>
  value === undefined ? undefined : String(value)

function chosen(request: IncomingMessage, response: ServerResponse, status: number, isFile: boolean) {
  const length = response.getHeader('content-length')
  return encodingFor({
    method: request.method,
    acceptEncoding: text(request.headers['accept-encoding']),
    fetchSite: text(request.headers['sec-fetch-site']),
    status,
    contentType: text(response.getHeader('content-type')) ?? '',
    contentEncoding: text(response.getHeader('content-encoding')),
    contentLength: length === undefined ? undefined : Number(length),
    isFile,
  })
}

function announce(response: ServerResponse, encoding: Encoding, isFile: boolean): void {
  response.removeHeader('content-length')
  response.setHeader('Content-Encoding', encoding)
  if (!isFile) return
  const vary = text(response.getHeader('vary'))
  response.setHeader('Vary', vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`)
  const etag = text(response.getHeader('etag'))
  // The same file in other bytes.
  if (etag !== undefined && !etag.startsWith('W/')) response.setHeader('ETag', `W/${etag}`)
}

/**
 * The last thing that happens to an answer before it leaves: its body is encoded where that gives nothing away. Wraps what
 * the response filter calls, so the head it sees is final. `files` is given for a file, whose encoded bytes are kept.
 */
export function compressResponse(request: IncomingMessage, response: ServerResponse, files: Files | undefined): void {
  const sendHead = response.writeHead.bind(response)
  const sendPiece = response.write.bind(response)
  const sendEnd = response.end.bind(response)
  let stream: Gzip | undefined
  let file: { encoding: Encoding; pieces: Buffer[]; isEnded: boolean } | undefined

  const beginStream = (): Gzip => {
    const gzip = paddedGzip((piece) => {
      if (!sendPiece(piece)) gzip.pause()
    })
    gzip.on('end', () => sendEnd())
    gzip.on('error', () => response.destroy())
    gzip.on('drain', () => response.emit('drain'))
    response.on('drain', () => gzip.resume())
    response.once('close', () => gzip.destroy())
    // Next asks for what is buffered to go out when it has no more for the moment.
    Object.assign(response, { flush: () => gzip.flush() })
    return gzip
  }

  const finishFile = async ({ encoding, pieces }: { encoding: Encoding; pieces: Buffer[] }): Promise<void> => {
    const whole = Buffer.concat(pieces)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const body = await files?.(path, encoding, whole).catch(() => undefined)
    if (response.headersSent || response.destroyed) return
    if (body) announce(response, encoding, true)
    response.setHeader('Content-Length', (body ?? whole).length)
    sendHead(200)
    sendEnd(body ?? whole)
  }

  response.writeHead = (status: number) => {
    if (response.headersSent || stream) return response
    // A refusal that comes before the file is out takes its place.
    if (file && status !== 200) file = undefined
    if (file) return response
    const encoding = chosen(request, response, status, files !== undefined)
    if (encoding === undefined) return sendHead(status)
    if (files) {
      file = { encoding, pieces: [], isEnded: false }
      return response
    }
    announce(response, encoding, false)
    stream = beginStream()
    return sendHead(status)
  }

  /** Whoever writes without a head means the usual one; by its outermost name, so that the filter dresses it. */
  const settleHead = (): void => {
    if (!response.headersSent && !stream && !file) response.writeHead(response.statusCode)
  }

  response.write = (piece: unknown, encodingOrDone?: BufferEncoding | Done, done?: Done) => {
    settleHead()
    const called = typeof encodingOrDone === 'function' ? encodingOrDone : done
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : undefined
    if (!stream && !file) return encoding === undefined ? sendPiece(piece, called) : sendPiece(piece, encoding, called)
    const bytes = bytesOf(piece, encoding)
    if (stream) return stream.write(bytes, called)
    file?.pieces.push(bytes)
    if (called) process.nextTick(called)
    return true
  }

  response.end = (piece?: unknown, encodingOrDone?: BufferEncoding | (() => void), done?: () => void) => {
    settleHead()
    if (!stream && !file) {
      if (typeof encodingOrDone === 'string') return sendEnd(piece, encodingOrDone, done)
      return typeof piece === 'function' ? sendEnd(undefined, encodingOrDone) : sendEnd(piece, encodingOrDone)
    }
    const called = [piece, encodingOrDone, done].find((one): one is () => void => typeof one === 'function')
    if (called) response.once('finish', called)
    const last = piece === undefined || piece === null || typeof piece === 'function' ? undefined : piece
    const bytes =
      last === undefined ? undefined : bytesOf(last, typeof encodingOrDone === 'string' ? encodingOrDone : undefined)
    if (stream) stream.end(bytes)
    else if (file && !file.isEnded) {
      file.isEnded = true
      if (bytes) file.pieces.push(bytes)
      finishFile(file).catch(() => response.destroy())
    }
    return response
  }
}

function bytesOf(piece: unknown, encoding: BufferEncoding | undefined): Buffer {
  if (typeof piece === 'string') return Buffer.from(piece, encoding)
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  throw new TypeError('A body is text or bytes')
}
