import { expect, it } from 'vitest'

import { allowOurScripts, isOurScript } from './script-policy.ts'

const ORIGIN = 'https://localhost:8443'

it.each(['/_next/static/chunks/a-b_c.js', `${ORIGIN}/_next/static/chunks/a.js`, '/_next/static/chunks/a.js?v=1'])(
  '%s is ours',
  (url) => {
    expect(isOurScript(url, ORIGIN)).toBe(true)
  },
)
it.each([
  'https://evil.test/_next/static/chunks/a.js',
  '//evil.test/_next/static/chunks/a.js',
  '/_next/static/../../upload/a.js',
  '/_next/static/%2e%2e/%2e%2e/upload/a.js',
  '/upload/a.js',
  '/_next/static/chunks/a.svg',
  'data:text/javascript,alert(1)',
  'blob:https://localhost:8443/1',
  'http://localhost:8443/_next/static/chunks/a.js',
])('%s is not', (url) => {
  expect(isOurScript(url, ORIGIN)).toBe(false)
})

it('the policy makes addresses of our scripts and nothing else', () => {
  const made: [string, { createScriptURL(url: string): string | null }][] = []
  allowOurScripts({
    location: { origin: ORIGIN },
    trustedTypes: { createPolicy: (name, rules) => made.push([name, rules]) },
  })
  const [[name, rules] = []] = made
  expect(name).toBe('default')
  expect(Object.keys(rules ?? {})).toEqual(['createScriptURL'])
  expect(rules?.createScriptURL('/_next/static/chunks/a.js')).toBe('/_next/static/chunks/a.js')
  expect(rules?.createScriptURL('https://evil.test/a.js')).toBeNull()
})

it('a browser without Trusted Types is left alone', () => {
  expect(() => allowOurScripts({ location: { origin: ORIGIN } })).not.toThrow()
})
