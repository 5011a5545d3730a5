import { once } from 'node:events'
import { request as ask } from 'node:http'
import type { Readable } from 'node:stream'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { type Loopback, loopbackFront } from './front-server.test-support.ts'

let up: Loopback
let aborted: Promise<Event>
let pulled = 0
let unreadable: unknown

/** Endless, and counts how often it is asked. */
const endless = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(65_536))
    },
  })

beforeAll(async () => {
  let abort: (event: Event) => void
  aborted = new Promise((resolve) => (abort = resolve))
  up = await loopbackFront({
    plain: true,
    hotMounts: [
      {
        method: 'POST',
        pattern: '/api/v1/read',
        handler: async (request) => {
          const text = await request.text().catch((error: unknown) => {
            unreadable = error
            throw error
          })
          return Response.json({ length: text.length, url: request.url })
        },
      },
      {
        method: 'POST',
        pattern: '/api/v1/unread',
        handler: () => Promise.resolve(new Response(null, { status: 204 })),
      },
      { method: 'GET', pattern: '/api/v1/endless', handler: () => Promise.resolve(new Response(endless())) },
      {
        method: 'GET',
        pattern: '/api/v1/cookies',
        handler: () =>
          Promise.resolve(
            new Response('x', {
              headers: [
                ['Set-Cookie', 'a=1'],
                ['Set-Cookie', 'b=2'],
              ],
            }),
          ),
      },
      { method: 'GET', pattern: '/api/v1/throws', handler: () => Promise.reject(new TypeError('a detail')) },
      {
        method: 'GET',
        pattern: '/api/v1/waits',
        handler: (request) => {
          request.signal.addEventListener('abort', abort)
          return new Promise(() => {})
        },
      },
    ],
  })
})
afterAll(() => up.front.close())

it('a handler gets the body and the address people used', async () => {
  const { json } = await up.send('/api/v1/read?a=1', { method: 'POST', body: 'x'.repeat(300_000) })
  expect(json).toEqual({ length: 300_000, url: 'https://localhost:8443/api/v1/read?a=1' })
})

it('an unread body does not hold up the next request on the connection', async () => {
  const post = `POST /api/v1/unread HTTP/1.1\r\nHost: localhost:8443\r\nContent-Length: 500000\r\n\r\n${'x'.repeat(500_000)}`
  const get = 'GET /api/v1/cookies HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\n\r\n'
  expect((await up.raw(post + get)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 200'])
})

it('a body over the limit fails the handler and the answer is 413', async () => {
  const answer = await up.raw(
    `POST /api/v1/read HTTP/1.1\r\nHost: localhost:8443\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n${'x'.repeat(0x100001)}\r\n0\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*"too_large"/)
  await expect.poll(() => unreadable).toBeInstanceOf(Error)
})

it('each cookie has its own line', async () => {
  expect((await up.send('/api/v1/cookies')).headers['set-cookie']).toEqual(['a=1', 'b=2'])
})

it("an error in a handler is 500 in the API's form, without its words", async () => {
  const answer = await up.send('/api/v1/throws')
  expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } })
  expect(answer.whole).not.toContain('detail')
})

const open = (path: string) =>
  ask({ port: up.front.port, host: '127.0.0.1', path, headers: { Host: 'localhost:8443' } }).on('error', () => {})

it('a long answer leaves no listener behind each time it waits', async () => {
  const warnings: string[] = []
  const note = (warning: Error): void => void warnings.push(warning.name)
  process.on('warning', note)
  const asked = open('/api/v1/endless').end()
  await once(asked, 'response').then(([answer]: Readable[]) => answer?.resume())
  await expect.poll(() => pulled).toBeGreaterThan(500)
  asked.destroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  process.off('warning', note)
  pulled = 0
  expect(warnings).toEqual([])
})

it('a stream is drawn no faster than it is taken, and not at all once nobody takes it', async () => {
  const asked = open('/api/v1/endless').end()
  await once(asked, 'response')
  await new Promise((resolve) => setTimeout(resolve, 150))
  const whileIgnored = pulled
  expect(whileIgnored).toBeLessThan(500)
  asked.destroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(pulled).toBeLessThanOrEqual(whileIgnored + 2)
})

it('a handler hears that the asker left', async () => {
  const asked = open('/api/v1/waits').end()
  await new Promise((resolve) => setTimeout(resolve, 50))
  asked.destroy()
  await expect(aborted).resolves.toBeInstanceOf(Event)
})
