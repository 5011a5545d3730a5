/** Every way a request can be turned down, with the HTTP status a door answers. */
export const statusOf = {
  invalid_input: 400,
  key_in_query: 400,
  auth_required: 401,
  invalid_key: 401,
  invalid_signature: 401,
  forbidden: 403,
  plan_limit: 403,
  wrong_origin: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  range_not_satisfiable: 416,
  idempotency_mismatch: 422,
  key_disabled: 423,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof statusOf

/** Field path (`transcript.0.text`) → what to do about it, in words for the person who sent it. */
export type FieldErrors = Record<string, string>

/**
 * The one error the house throws on purpose. `message` is for the stranger and never
 * carries input; `why` is for our log and never carries plaintext either.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly fields: FieldErrors | undefined
  readonly retryAfterSeconds: number | undefined
  readonly why: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    more: { fields?: FieldErrors; retryAfterSeconds?: number; why?: string } = {},
  ) {
    super(message)
    this.code = code
    this.fields = more.fields
    this.retryAfterSeconds = more.retryAfterSeconds
    this.why = more.why
  }

  get status(): number {
    return statusOf[this.code]
  }
}

export const notFound = (): AppError => new AppError('not_found', 'There is nothing here.')
