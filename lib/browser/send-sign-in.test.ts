import { afterEach, expect, test, vi } from 'vitest'

import { isOwnPath, sendSignIn } from './send-sign-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status, headers })))

test('who is let in is told where to go', async () => {
  answering(200, { ok: true, to: '/o/abc/calls' })
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'in', to: '/o/abc/calls' })
})

test('a destination elsewhere is not followed', async () => {
  answering(200, { ok: true, to: '//evil.example' })
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'failed' })
  expect(['/o/a?b=1', '/'].every(isOwnPath)).toBe(true)
  expect(['//a', '/\\a', 'https://a', ['java', 'script:1'].join(''), '', '/a\nb'].some(isOwnPath)).toBe(false)
})

test('a limit carries its seconds, from the body or from the header', async () => {
  answering(429, { error: 'Too many tries', code: 'rate_limited', request_id: 'r', retry_after_seconds: 840 })
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'limited', seconds: 840 })
  answering(429, {}, { 'retry-after': '30' })
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'limited', seconds: 30 })
})

test.each([
  [401, 'refused'],
  [400, 'refused'],
  [403, 'failed'],
  [500, 'failed'],
])('status %i is %s', async (status, kind) => {
  answering(status, {})
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind })
})

test('no network is not a refusal', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'unreachable' })
})
