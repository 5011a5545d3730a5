/** What decides how a body is sent: the asker's words, and the head of the answer. */
export interface Exchange {
  readonly method: string | undefined
  readonly acceptEncoding: string | undefined
  /** Sec-Fetch-Site: where the browser says this request came from. Pages cannot set it. */
  readonly fetchSite: string | undefined
  readonly status: number
  readonly contentType: string
  readonly contentEncoding: string | undefined
  readonly contentLength: number | undefined
  /** A file of the build or of public/, the same for everybody; anything else is made for one person. */
  readonly isFile: boolean
}

export type Encoding = 'br' | 'gzip'

/** Text that is not a stream of events: those must leave as they come, and hold ids only. */
const COMPRESSIBLE = /^(?:text\/(?!event-stream)|application\/(?:javascript|json|manifest\+json)|image\/svg\+xml)/i
/** Below this the encoding's own head eats what it saves. */
const SMALLEST_BYTES = 1_024
/** Our own pages, and what a person typed or kept: never another site, which could ask again and again and watch the length. */
const FROM_US = new Set(['same-origin', 'none'])

/** How the body of an answer is encoded, or undefined when it leaves as it is (docs/decisions/0009-compression.md). */
export function encodingFor(exchange: Exchange): Encoding | undefined {
  const { method, status, isFile, contentType, contentEncoding, contentLength = SMALLEST_BYTES } = exchange
  if (status !== 200 || (method !== 'GET' && method !== 'POST')) return undefined
  if (contentEncoding !== undefined || !COMPRESSIBLE.test(contentType) || contentLength < SMALLEST_BYTES)
    return undefined
  if (isFile && accepts(exchange.acceptEncoding, 'br')) return 'br'
  const mayBe = isFile || FROM_US.has(exchange.fetchSite ?? '')
  return mayBe && accepts(exchange.acceptEncoding, 'gzip') ? 'gzip' : undefined
}

function accepts(header: string | undefined, encoding: Encoding): boolean {
  return (header ?? '').split(',').some((one) => {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
  })
}
