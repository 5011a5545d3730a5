interface PolicyMaker {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown
}

/** Is this one of the script files this build made? */
export function isOurScript(url: string, origin: string): boolean {
  const whole = URL.parse(url, `${origin}/`)
  return whole?.origin === origin && /^\/_next\/static\/[\w./-]+\.js$/.test(whole.pathname)
}

/**
 * Under Trusted Types no string may become a script's address, and the bundler's loader has no policy of its own: it
 * hands strings to `script.src` whenever a page needs another chunk. So the browser asks this one, which knows our
 * files and nothing else, and makes no HTML and no code.
 */
export function allowOurScripts(browser: {
  readonly trustedTypes?: PolicyMaker
  readonly location: { readonly origin: string }
}): void {
  browser.trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (isOurScript(url, browser.location.origin) ? url : null),
  })
}
