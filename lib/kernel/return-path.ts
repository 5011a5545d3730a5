/** Where somebody is sent who was going nowhere in particular. */
export const HOME_PATH = '/o'

const LONGEST = 1_000
/** An organisation's screens: its slug, then plain segments. Every other page is open to all and needs no way back. */
const SCREEN = /^\/o(?:\/[a-z0-9]{10,24}(?:\/[a-z0-9][a-z0-9-]{0,63}){0,6})?$/
const FIELD = /^[a-z][a-z_]{0,30}$/
const VALUE = /^[\w.:+~ -]{1,200}$/
/** What somebody typed where a token belongs: no second address shall carry it. */
const NUMBER_LIKE = /^\+?[\d ().-]{7,}$/

/**
 * The address to come back to after signing in, in our own spelling, or null when this is no screen of ours. What a
 * stranger wrote never gets through as it came: a path is matched whole, a query is taken apart and put together again.
 */
export function returnPath(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > LONGEST) return null
  const at = given.indexOf('?')
  const path = at === -1 ? given : given.slice(0, at)
  if (!SCREEN.test(path)) return null
  const kept = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(at === -1 ? '' : given.slice(at + 1))) {
    if (FIELD.test(name) && VALUE.test(value) && !NUMBER_LIKE.test(value)) kept.append(name, value)
  }
  const query = kept.toString()
  return query === '' ? path : `${path}?${query}`
}

/** The sign-in page, keeping where one came from where that is a screen of ours. */
export function signInPath(from: unknown): string {
  const back = returnPath(from)
  return back === null || back === HOME_PATH ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`
}
