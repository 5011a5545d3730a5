import { NextRequest } from 'next/server.js'
import { beforeAll, describe, expect, it } from 'vitest'

import { config, middleware } from '../../middleware.ts'
import { FRONT_MARKER, cameByAdminPath, openAdminPath } from './admin-path.ts'
import { frontMarker } from './front-state.ts'

const SECRET = '/q3-not-a-guessable-path_7'
beforeAll(() => openAdminPath(SECRET))

const ask = (path: string, headers: Record<string, string> = { [FRONT_MARKER]: frontMarker() }): Response =>
  middleware(new NextRequest(`https://localhost:8443${path}`, { headers }))
const onward = (response: Response, name: string): string | null => response.headers.get(`x-middleware-request-${name}`)

describe('a page', () => {
  it('gets a nonce of its own, the same for the browser and for the framework', () => {
    const [one, other] = [ask('/'), ask('/')].map((response) => response.headers.get('content-security-policy'))
    expect(one).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/)
    expect(one).not.toBe(other)
    const response = ask('/')
    expect(onward(response, 'content-security-policy')).toBe(response.headers.get('content-security-policy'))
  })
  it('never gets a nonce a client chose', () => {
    const response = ask('/', { 'content-security-policy': "script-src 'nonce-guess'" })
    expect(onward(response, 'content-security-policy')).not.toContain('guess')
  })
  it('may run and load nothing but what the policy lists', () => {
    const policy = ask('/')
      .headers.get('content-security-policy')
      ?.replaceAll(/nonce-[^']+/g, 'nonce-N')
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce-N' 'strict-dynamic'",
      "style-src 'self' 'nonce-N'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "media-src 'self' blob:",
      "worker-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ])
  })
})

describe('the address somebody asked for', () => {
  it('is told to the page, whatever a client says it is', () => {
    const response = ask('/o/abc/calls?status=busy', { 'x-orinode-path': '//evil.example' })
    expect(onward(response, 'x-orinode-path')).toBe('/o/abc/calls?status=busy')
  })
  it('is never the console’s', () => {
    expect(onward(ask(SECRET), 'x-orinode-path')).toBeNull()
    expect(onward(ask(`${SECRET}/users`), 'x-orinode-path')).toBeNull()
  })
})

describe('the console', () => {
  const shownAs = (response: Response): string | undefined =>
    response.headers.get('x-middleware-rewrite')?.replace(/^https?:\/\/[^/]+/, '')

  it('is shown under the secret path, to requests of this front server', () => {
    expect(shownAs(ask(SECRET))).toBe('/admin')
    expect(shownAs(ask(`${SECRET}/users?page=2`))).toBe('/admin/users?page=2')
    expect(ask(SECRET, {}).status).toBe(404)
    expect(ask(SECRET, { [FRONT_MARKER]: 'x'.repeat(72) }).status).toBe(404)
  })
  it.each(['/admin', '/ADMIN', '/admin/users', '/admin.rsc', '/Admin/x'])('is not at %s', (path) => {
    expect(ask(path).status).toBe(404)
  })
  it.each(['/administer', `/x${SECRET}`, `${SECRET}x`, SECRET.slice(0, -1), SECRET.toUpperCase()])(
    'is not meant by %s',
    (path) => {
      expect(shownAs(ask(path))).toBeUndefined()
      expect(ask(path).status).toBe(200)
    },
  )
  it('knows how it was reached', () => {
    const seen = (response: Response) => ({ get: (name: string) => onward(response, name) })
    expect(cameByAdminPath(seen(ask(SECRET)))).toBe(true)
    expect(cameByAdminPath(seen(ask('/')))).toBe(false)
    expect(cameByAdminPath(new Headers({ 'x-orinode-console': 'guess' }))).toBe(false)
  })
  it.each([
    '/short',
    '/two/segments-of-twenty-two-letters',
    'no-slash-but-long-enough',
    '/spaces are not for paths at all',
  ])('refuses to open at %s', (path) => {
    expect(() => openAdminPath(path)).toThrow(/at least 22/)
  })
  it('is not named in what the browser is told about the middleware', () => {
    expect(JSON.stringify(config)).not.toMatch(/admin|console/)
  })
})
