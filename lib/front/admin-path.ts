import { frontMarker, frontState, sameSecret } from './front-state.ts'

/** Where the console's pages lie in `app/`. Asked for by this name it does not exist. */
const CONSOLE_ROOT = '/admin'

/** Set by the middleware on requests it rewrote, so that the console can tell how it was reached. */
const CAME_BY_ADMIN_PATH = 'x-orinode-console'
export const FRONT_MARKER = 'x-orinode-front'

const SECRET_SEGMENT = /^\/[A-Za-z0-9_-]{22,}$/

/** Called once at start. Refuses a path with room for less than 128 bits. */
export function openAdminPath(path: string): void {
  if (!SECRET_SEGMENT.test(path)) {
    throw new Error('The admin path must be one segment of at least 22 letters, digits, "-" or "_"')
  }
  frontState().adminPath = path
}

/** Is this the console asked for by its folder's name, in any spelling? */
export function isBareConsole(pathname: string): boolean {
  return /^\/admin(?:[/.]|$)/i.test(pathname)
}

/** The console's own path for a path under the secret one; undefined for every other path. */
export function consolePath(pathname: string, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined
  const end = pathname.indexOf('/', 1)
  const first = end === -1 ? pathname : pathname.slice(0, end)
  return sameSecret(first, secret) ? CONSOLE_ROOT + pathname.slice(first.length) : undefined
}

type Decision = { go: 'on' } | { go: 'refuse' } | { go: 'rewrite'; to: string }

/** What the middleware does with a path: pure but for the secret, which this process's front server set. */
export function adminDecision(pathname: string, marker: string | null): Decision {
  if (isBareConsole(pathname)) return { go: 'refuse' }
  const to = consolePath(pathname, frontState().adminPath)
  if (to === undefined) return { go: 'on' }
  return marker !== null && sameSecret(marker, frontMarker()) ? { go: 'rewrite', to } : { go: 'refuse' }
}

/** Note on a request that it came by the secret path. */
export function markConsole(headers: Headers): void {
  headers.set(CAME_BY_ADMIN_PATH, frontMarker())
}

/** Did this request come by the secret path? A server action can be addressed from any path by its id. */
export function cameByAdminPath(headers: { get(name: string): string | null }): boolean {
  const mark = headers.get(CAME_BY_ADMIN_PATH)
  return mark !== null && sameSecret(mark, frontMarker())
}
