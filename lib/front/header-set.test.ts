import { expect, it } from 'vitest'

import { mayLeave, plainVary, promisedHeaders, strictPolicy } from './header-set.ts'

it('the promised values are these, to the letter', () => {
  expect(promisedHeaders).toEqual({
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    Server: 'Orinode',
  })
  expect(strictPolicy).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
})

it("the framework's headers stay inside, those of its actions do not", () => {
  const staying = [
    'X-Powered-By',
    'x-nextjs-cache',
    'x-nextjs-rewritten-path',
    'x-middleware-rewrite',
    'x-matched-path',
    'x-orinode-front',
    'x-orinode-error',
  ]
  expect(staying.filter(mayLeave)).toEqual([])
  const leaving = ['x-action-redirect', 'x-action-revalidated', 'Location', 'Set-Cookie', 'Link', 'X-RateLimit-Limit']
  expect(leaving.filter(mayLeave)).toEqual(leaving)
})

it("Vary keeps every name but the framework's", () => {
  expect(plainVary('rsc, next-router-state-tree, next-url')).toBeUndefined()
  expect(plainVary('RSC,Accept-Language, Next-Router-Prefetch , Cookie')).toBe('Accept-Language, Cookie')
})
