interface Told {
  /** Our own code, where our own code threw. */
  code: string | undefined
  requestId: string | undefined
  /** When it is worth trying again. */
  retryAfterSeconds: number | undefined
}

/** What an error page may know of a failure: `code:request id[:seconds]` where our own code threw it, Next's own hash otherwise. */
export function readDigest(digest: string | undefined): Told {
  const [, code, requestId, seconds] = /^([a-z_]+):([0-9a-f-]{36})(?::(\d{1,6}))?$/.exec(digest ?? '') ?? []
  return {
    code,
    requestId: requestId ?? digest,
    retryAfterSeconds: seconds === undefined ? undefined : Number(seconds),
  }
}
