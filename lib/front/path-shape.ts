/** The doors a path can lead to, by its first segments. */
export type Door = 'public-api' | 'hooks' | 'own-api' | 'browser'

const ALLOWED = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})+$/
/** Encodings a path has no need of: of letters, digits, `-._~`, controls, `/`, `\` and `%`. */
const NEEDLESS = /%(?:3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9aef]|2[def5]|[01][0-9a-f]|5c)/i
const EMPTY_OR_DOTS = /\/(?:\/|\.\.?(?:\/|$))/
/** The framework's own spellings of a page, of which our browser code needs none. */
const FRAMEWORK_FORM = /(?:\.rsc|\.segments|\.action)(?:\/|$)/i

/** The path of a request target when written in the one way we answer to; else undefined. */
export function canonicalPath(target: string): string | undefined {
  const query = target.indexOf('?')
  const path = query === -1 ? target : target.slice(0, query)
  if (!path.startsWith('/') || !ALLOWED.test(path) || NEEDLESS.test(path)) return undefined
  if (EMPTY_OR_DOTS.test(path) || FRAMEWORK_FORM.test(path)) return undefined
  if (path !== '/' && path.endsWith('/')) return undefined
  return isUtf8(path) ? path : undefined
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

export function doorOf(path: string): Door {
  if (path.startsWith('/api/v1/')) return 'public-api'
  if (path.startsWith('/api/hooks/')) return 'hooks'
  return path.startsWith('/api/') ? 'own-api' : 'browser'
}

/** Doors for machines: they take keys or signatures and know no cookie. */
export function isMachineDoor(door: Door): boolean {
  return door === 'public-api' || door === 'hooks'
}
