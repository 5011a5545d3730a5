import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type * as origin from './origin.ts'

type Origin = typeof origin

/** As a process that was started with these origins. */
async function startedWith(origins: string): Promise<Origin> {
  vi.stubEnv('ORIGINS', origins)
  vi.resetModules()
  return import('./origin.ts')
}
beforeEach(() => vi.stubEnv('PORT', '8443'))
afterEach(() => vi.unstubAllEnvs())

const at = (url: string) => new Request(url, { method: 'POST' })
const path = '/api/hooks/twilio/abc?bodySHA256=00'

test('a hook’s address is the public one it was called by, whatever lies between', async () => {
  const { publicUrl } = await startedWith('https://app.example,https://hooks.example:8444')
  expect(publicUrl(at(`https://app.example${path}`))).toBe(`https://app.example${path}`)
  expect(publicUrl(at(`http://hooks.example:8444${path}`))).toBe(`https://hooks.example:8444${path}`)
})

test('a name that is not ours is never believed: it is the first of ours', async () => {
  const { publicUrl } = await startedWith('https://app.example,https://hooks.example:8444')
  for (const host of ['127.0.0.1:3000', 'evil.example', 'app.example.evil.example', 'app.example:444'])
    expect(publicUrl(at(`http://${host}${path}`))).toBe(`https://app.example${path}`)
})

test('where no origin is set, it is this machine’s own', async () => {
  const { publicUrl } = await startedWith('')
  expect(publicUrl(at(`https://127.0.0.1:8443${path}`))).toBe(`https://127.0.0.1:8443${path}`)
  expect(publicUrl(at(`https://elsewhere${path}`))).toBe(`https://localhost:8443${path}`)
})
