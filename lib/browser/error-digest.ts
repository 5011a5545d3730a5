/** What an error page may know of a failure: `code:request id` where our own code threw it, Next's own hash otherwise. */
export function readDigest(digest: string | undefined): { code: string | undefined; requestId: string | undefined } {
  const [, code, requestId] = /^([a-z_]+):([0-9a-f-]{36})$/.exec(digest ?? '') ?? []
  return { code, requestId: requestId ?? digest }
}
