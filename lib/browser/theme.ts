export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const THEME_COOKIE = 'theme'
const YEAR_SECONDS = 31_536_000

/** A cookie is a stranger's word: anything else than a theme is the device's choice. */
export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

/** At once on this page, and in the cookie the next first paint is made from. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  // oxlint-disable-next-line unicorn/no-document-cookie -- Safari before 18.4 has no cookieStore
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; Secure`
}
