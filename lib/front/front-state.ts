interface FrontState {
  /** Random per process: only the front can put it on a request. */
  readonly marker: string
  adminPath: string | undefined
}

declare global {
  var orinodeFront: FrontState | undefined
}

/** What the front server and the middleware share, where both module instances of this process can see it. */
export function frontState(): FrontState {
  return (globalThis.orinodeFront ??= { marker: crypto.randomUUID() + crypto.randomUUID(), adminPath: undefined })
}

/** Proof that a request came through this process's front server. */
export function frontMarker(): string {
  return frontState().marker
}

/** Compares without telling by its time how much of the secret was right. */
export function sameSecret(given: string, secret: string): boolean {
  if (given.length !== secret.length) return false
  let difference = 0
  for (let at = 0; at < secret.length; at += 1) difference |= given.charCodeAt(at) ^ secret.charCodeAt(at)
  return difference === 0
}
