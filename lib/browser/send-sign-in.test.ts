import { afterEach, expect, test, vi } from 'vitest'

import { sendSignIn } from './send-sign-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status, headers })))

test('who is let in is told where to go', async () => {
  answering(200, { ok: true, to: '/o/d8zdw2sjfyke6j/calls' })
  expect(await sendSignIn('/sign', new FormData())).toEqual({ kind: 'in', to: '/o/d8zdw2sjfyke6j/calls' })
})

test('a destination elsewhere is not followed', async () => {
  for (const to of ['//evil.example', 'https://evil.example/o', '/\\evil.example', '/sign-in', '', 7]) {
    answering(200, { ok: true, to })
    expect([to, await sendSignIn('/sign', new FormData())]).toEqual([to, { kind: 'failed' }])
  }
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
