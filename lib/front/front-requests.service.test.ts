import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ADMIN_PATH, echoOf, type Loopback, loopbackFront } from './front-server.test-support.ts'
import { frontMarker } from './front-state.ts'

let up: Loopback
beforeAll(async () => {
  up = await loopbackFront({
    bodyLimits: { '/api/app/[thing]': 4_000_000 },
    hotMounts: [
      {
        method: 'GET',
        pattern: '/api/v1/hot/:id',
        handler: async (_request, { params }) => Response.json(await params),
      },
      {
        method: 'GET',
        pattern: '/api/v1/parts',
        handler: ({ headers }) =>
          Promise.resolve(Response.json({ asked: ['range', 'if-range', 'if-match'].map((name) => headers.get(name)) })),
      },
    ],
  })
})
afterAll(() => up.front.close())

const POST = { method: 'POST', headers: { Origin: 'https://localhost:8443' } }
const big = 'x'.repeat(1_048_577)

describe('what a client says about itself', () => {
  const echoed = async (target: string, headers: Record<string, string>) => echoOf(await up.send(target, { headers }))
  const FORGED = {
    'X-Forwarded-For': '6.6.6.6',
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-Proto': 'http',
    Forwarded: 'for=6.6.6.6',
    'X-Real-IP': '6.6.6.6',
    'X-Middleware-Prefetch': '1',
    'X-Nextjs-Data': '1',
    'X-Invoke-Path': '/admin',
    'X-Matched-Path': '/admin',
    'X-Orinode-Address': '6.6.6.6',
    'X-Orinode-Front': 'guess',
    'X-Orinode-Console': 'guess',
    'X-Request-Id': 'guess',
    'X-Nonce': 'guess',
    'Content-Security-Policy': "script-src 'nonce-guess'",
  }

  it('is not believed', async () => {
    const seen = await echoed('/echo', FORGED)
    expect(seen.headers['x-orinode-address']).toBe('127.0.0.1')
    expect(seen.headers['x-forwarded-for']).toBe('127.0.0.1')
    expect(seen.headers['x-orinode-front']).toBe(frontMarker())
    expect(seen.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|evil|guess|prefetch|nextjs|invoke|matched|nonce/i)
  })
  it('about parts of an answer reaches a hot door, and the framework never', async () => {
    const parts = { Range: 'bytes=0-9', 'If-Range': '"x"', 'If-Match': '"x"' }
    expect((await up.send('/api/v1/parts', { headers: parts })).json).toEqual({
      asked: ['bytes=0-9', '"x"', null],
    })
    for (const path of ['/echo', '/api/v1/echo'])
      expect(Object.keys((await echoed(path, parts)).headers).filter((name) => /range|match/.test(name))).toEqual([])
  })
  it('about where it is reaches the framework only when that can read it', async () => {
    const tree = encodeURIComponent(JSON.stringify(['', { children: ['o', {}] }, null, null]))
    const states = async (header: string) =>
      (await echoed('/echo', { 'Next-Router-State-Tree': header })).headers['next-router-state-tree']
    expect(await states(tree)).toBe(tree)
    for (const nonsense of ['x', '%', '{}', '[]', '[1,2,3]', encodeURIComponent('["",{"a":7}]')])
      expect([nonsense, await states(nonsense)]).toEqual([nonsense, undefined])
  })
  it.each(['/api/v1/echo', '/api/hooks/echo', '/api/app/echo'])(
    'in the words of the framework’s router is not heard at %s, which is no page',
    async (door) => {
      const tree = encodeURIComponent(JSON.stringify(['', {}, null, null]))
      const words = {
        RSC: '1',
        'Next-Router-State-Tree': tree,
        'Next-Router-Prefetch': '1',
        'Next-Router-Segment-Prefetch': '/_tree',
        'Next-Url': '/o/acme',
      }
      const heard = async (path: string) =>
        Object.keys((await echoed(path, words)).headers).filter((name) => /^(rsc|next-)/.test(name))
      expect(await heard(door)).toEqual([])
      expect((await heard('/echo')).toSorted()).toEqual(
        Object.keys(words)
          .map((name) => name.toLowerCase())
          .toSorted(),
      )
    },
  )
  it('is believed of a trusted proxy, from the right', async () => {
    const proxied = await loopbackFront({ trustedHops: 2 })
    const answer = await proxied.send('/echo', { headers: { 'X-Forwarded-For': '6.6.6.6, 41.58.0.7, 10.0.0.2' } })
    await proxied.front.close()
    expect(echoOf(answer).headers['x-orinode-address']).toBe('41.58.0.7')
  })
  it('of the framework calling itself keeps its address, whatever name it calls', async () => {
    const headers = { 'X-Orinode-Front': frontMarker(), 'X-Orinode-Address': '41.58.0.7' }
    const answer = await up.send('/echo', { headers, host: '127.0.0.1:9' })
    expect(echoOf(answer).headers['x-orinode-address']).toBe('41.58.0.7')
  })
  it.each(['/api/v1/echo', '/api/hooks/echo'])('has no cookie at %s', async (door) => {
    const seen = await echoed(door, { Cookie: 'session=1' })
    expect(seen.headers['cookie']).toBeUndefined()
    expect(JSON.stringify(seen)).not.toContain('session=1')
    expect((await echoed('/echo', { Cookie: 'session=1' })).headers['cookie']).toBe('session=1')
  })
  it('cannot pass an action on to another page', async () => {
    expect((await up.send('/page', { ...POST, headers: { ...POST.headers, 'x-action-forwarded': '1' } })).status).toBe(
      403,
    )
  })
})

describe('a change asked for at a browser door', () => {
  const own = 'https://localhost:8443'
  it.each([
    [200, '/page', { Origin: own }],
    [200, '/page', { Origin: 'https://console.example' }],
    [200, '/page', { 'Sec-Fetch-Site': 'same-origin' }],
    [200, '/api/app/echo', { Origin: own }],
    [200, ADMIN_PATH, { Origin: own }],
    [403, '/page', {}],
    [403, '/page', { Origin: 'null' }],
    [403, '/page', { Origin: 'http://localhost:8443' }],
    [403, '/page', { Origin: 'https://localhost:8443.evil.test' }],
    [403, '/page', { Origin: 'https://evil.test', 'Sec-Fetch-Site': 'same-origin' }],
    [403, '/page', { 'Sec-Fetch-Site': 'same-site' }],
    [403, '/page', { 'Sec-Fetch-Site': 'none' }],
    [403, '/api/app/echo', {}],
    [403, ADMIN_PATH, {}],
    [200, '/api/v1/echo', {}],
    [200, '/api/v1/echo', { Origin: 'https://evil.test' }],
    [200, '/api/hooks/echo', {}],
  ])('gives %i at %s with %j', async (status, target, headers) => {
    const answer = await up.send(target, { method: 'POST', headers, body: 'x' })
    expect(answer.status).toBe(status)
  })
  it("is refused to our own code in the API's error form", async () => {
    expect((await up.send('/api/app/echo', { method: 'POST' })).json).toMatchObject({ code: 'wrong_origin' })
  })
  it.each(['PUT', 'PATCH', 'DELETE'])('by %s is for the API only, and needs our origin there too', async (method) => {
    expect((await up.send('/page', { ...POST, method })).status).toBe(405)
    expect((await up.send('/api/app/echo', { method })).status).toBe(403)
    expect((await up.send('/api/app/echo', { ...POST, method })).status).toBe(200)
  })
})

describe('a body', () => {
  const chunked = (target: string, bytes: string): string =>
    `POST ${target} HTTP/1.1\r\nHost: localhost:8443\r\nOrigin: https://localhost:8443\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${bytes.length.toString(16)}\r\n${bytes}\r\n0\r\n\r\n`

  it('up to the limit arrives whole', async () => {
    expect(echoOf(await up.send('/echo', { ...POST, body: big.slice(1) })).bytes).toBe(1_048_576)
  })
  it('over the limit is cut while it streams', async () => {
    expect(await up.raw(chunked('/echo', big))).toMatch(/^HTTP\/1.1 413 /)
  })
  it('may be larger where the door says so', async () => {
    expect(await up.raw(chunked('/api/app/echo', big))).toMatch(/"bytes":1048577/)
  })
  it('is not asked for before the checks', async () => {
    const asking = { Expect: '100-continue', 'Content-Length': '1' }
    expect((await up.send('/page', { method: 'POST', headers: asking })).whole).toMatch(/^HTTP\/1.1 403 /)
    expect(
      (await up.send('/echo', { method: 'POST', headers: { ...POST.headers, ...asking }, body: 'x' })).whole,
    ).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /)
  })
})

describe('the log', () => {
  it('names routes, never addresses, secrets or questions', async () => {
    up.log.length = 0
    for (const target of [
      '/o/acme?q=%2B2348012345678',
      ADMIN_PATH,
      `${ADMIN_PATH}/users`,
      '/nosuch-secret',
      '/api/v1/hot/7?api_key=ori_live_1',
    ]) {
      await up.send(target, { headers: { Referer: 'https://localhost:8443/referring' } })
    }
    await expect
      .poll(() => up.log.map((entry) => entry.route))
      .toEqual(['/o/[org]', '(console)', '(console)', '(none)', '/api/v1/hot/:id'])
    expect(JSON.stringify(up.log)).not.toMatch(/234801|acme|guessable|nosuch|ori_live|referring/)
  })
  it('names the class of an error, not its words', async () => {
    up.log.length = 0
    await up.send('/broken')
    await expect.poll(() => up.log[0]).toMatchObject({ route: '/broken', status: 500, failure: 'RangeError' })
    expect(JSON.stringify(up.log)).not.toContain('detail')
  })
})
