/** A door said no, or nobody answered (`status` 0). */
export class DoorError extends Error {
  override readonly name = 'DoorError'
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    code: string,
    more: { message?: string; requestId?: string | undefined; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(more.message ?? code)
    this.status = status
    this.code = code
    this.requestId = more.requestId
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** Ask one of our own doors and check what came back with `read`, which answers undefined when it is not that. */
export async function fetchJson<T>(
  url: string,
  read: (value: unknown) => T | undefined,
  init: RequestInit = {},
): Promise<T> {
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json')
  const response = await fetch(url, { ...init, headers, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new DoorError(0, 'unreachable')
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw doorError(response, body)
  const value = read(body)
  if (value === undefined)
    throw new DoorError(response.status, 'unexpected_answer', { requestId: requestIdOf(response) })
  return value
}

function doorError(response: Response, body: unknown): DoorError {
  const fields = isRecord(body) ? body : {}
  const retryAfter = fields['retry_after_seconds'] ?? Number(response.headers.get('retry-after') ?? Number.NaN)
  return new DoorError(response.status, textOf(fields['code']) ?? 'unexpected_answer', {
    message: textOf(fields['error']) ?? '',
    requestId: textOf(fields['request_id']) ?? requestIdOf(response),
    retryAfterSeconds: typeof retryAfter === 'number' && retryAfter > 0 ? retryAfter : undefined,
  })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const requestIdOf = (response: Response): string | undefined => response.headers.get('x-request-id') ?? undefined
