import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ADMIN_PATH, type Answer, type Loopback, loopbackFront } from './front-server.test-support.ts'
import { promisedHeaders } from './header-set.ts'

let up: Loopback
beforeAll(async () => {
  up = await loopbackFront({
    timeouts: { headersMs: 300, requestMs: 300, drainMs: 200 },
    hotMounts: [
      {
        method: 'GET',
        pattern: '/api/v1/hot/:id',
        handler: async (_request, { params }) => Response.json(await params),
      },
    ],
  })
})
afterAll(() => up.front.close())

const POST = { method: 'POST', headers: { Origin: 'https://localhost:8443' } }

describe('TLS', () => {
  it('1.2 is refused', async () => {
    await expect(up.raw('GET / HTTP/1.1\r\n\r\n', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).rejects.toThrow(
      /protocol version/,
    )
  })
  it('is not optional off this machine', async () => {
    await expect(loopbackFront({ plain: true, host: '0.0.0.0' })).rejects.toThrow(/loopback/)
  })
  it('may be left to a terminator on this machine, with nothing else changed', async () => {
    const plain = await loopbackFront({ plain: true })
    const answer = await plain.send('/page')
    await plain.front.close()
    expect(answer.status).toBe(200)
    expect(answer.headers['strict-transport-security']).toEqual(['max-age=31536000; includeSubDomains'])
  })
})

const rawGet = (head: string): string => `GET ${head}\r\n\r\n`
const CLASSES: ReadonlyArray<readonly [string, number, () => Promise<Answer | string>]> = [
  ['a page', 200, () => up.send('/page')],
  ['HEAD of a page', 200, () => up.send('/page', { method: 'HEAD' })],
  ['the console', 200, () => up.send(ADMIN_PATH)],
  ['a static file', 200, () => up.send('/_next/static/chunks/a.js')],
  ['a hot door', 200, () => up.send('/api/v1/hot/7')],
  ['not modified', 304, () => up.send('/unchanged')],
  ['a redirect', 308, () => up.send('/moved')],
  ['no Host', 400, () => up.raw(rawGet('/ HTTP/1.1\r\nConnection: close'))],
  [
    'two Hosts',
    400,
    () => up.raw(rawGet('/ HTTP/1.1\r\nHost: localhost:8443\r\nHost: localhost:8443\r\nConnection: close')),
  ],
  ['an absolute target', 400, () => up.send('https://localhost:8443/page')],
  ['an upgrade', 400, () => up.send('/page', { headers: { Connection: 'Upgrade, close', Upgrade: 'websocket' } })],
  ['not HTTP', 400, () => up.raw('HELLO\r\n\r\n')],
  ['a bare line feed in a header', 400, () => up.raw('GET / HTTP/1.1\r\nHost: localhost:8443\nX: 1\r\n\r\n')],
  ['a space before the colon', 400, () => up.raw('GET / HTTP/1.1\r\nHost : localhost:8443\r\n\r\n')],
  ['a folded header', 400, () => up.raw('GET / HTTP/1.1\r\nHost: localhost:8443\r\nX: 1\r\n 2\r\n\r\n')],
  [
    'length and chunks at once',
    400,
    () =>
      up.raw(
        'POST / HTTP/1.1\r\nHost: localhost:8443\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
  ],
  ['a foreign origin', 403, () => up.send('/page', { method: 'POST', headers: { Origin: 'https://evil.test' } })],
  ['an unknown path', 404, () => up.send('/nosuch')],
  ['a missing record', 404, () => up.send('/api/app/missing')],
  ['OPTIONS', 405, () => up.send('/page', { method: 'OPTIONS' })],
  ['OPTIONS *', 405, () => up.send('*', { method: 'OPTIONS' })],
  ['TRACE', 405, () => up.send('/page', { method: 'TRACE' })],
  ['CONNECT', 405, () => up.send('localhost:8443', { method: 'CONNECT' })],
  ['headers that never end', 408, () => up.raw('GET / HTTP/1.1\r\nHost: localhost:8443\r\n')],
  [
    'a body too large',
    413,
    () => up.send('/echo', { ...POST, headers: { ...POST.headers, 'Content-Length': '1048577' } }),
  ],
  ['an odd expectation', 417, () => up.send('/page', { headers: { Expect: 'the unexpected' } })],
  ['a foreign Host', 421, () => up.send('/page', { host: 'evil.test' })],
  ['headers too large', 431, () => up.send('/page', { headers: { X: 'x'.repeat(20_000) } })],
  ['an error nobody caught', 500, () => up.send('/broken')],
  ["the framework's own error page", 500, () => up.send('/refused')],
]

describe('every response', () => {
  it.each(CLASSES)('%s (%i) carries the promised headers and does not name the stack', async (_name, status, ask) => {
    const answer = await ask()
    const text = typeof answer === 'string' ? answer : answer.whole
    const head = text.slice(0, text.indexOf('\r\n\r\n'))
    expect(head.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    const lines = head.toLowerCase().split('\r\n')
    for (const [name, value] of Object.entries(promisedHeaders)) {
      expect(lines.filter((line) => line.startsWith(`${name.toLowerCase()}:`))).toEqual([
        `${name}: ${value}`.toLowerCase(),
      ])
    }
    expect(head).toMatch(/^content-security-policy: (?!.*unsafe-).+/im)
    expect(head).toMatch(/^x-request-id: [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/im)
    expect(head).toMatch(/^date: /im)
    expect(head).not.toMatch(/next|express|powered|x-orinode|x-middleware|x-matched|rsc/i)
  })

  it("keeps what actions need, and Vary but for the framework's names", async () => {
    const { headers } = await up.send('/page')
    expect(headers['x-action-redirect']).toEqual(['/b;push'])
    expect(headers['vary']).toEqual(['Accept-Language'])
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(headers['cache-control']).toEqual(['no-store'])
    expect(headers['etag']).toBeUndefined()
  })
  it('of a hashed file may be kept for ever', async () => {
    expect((await up.send('/_next/static/chunks/a.js')).headers['cache-control']).toEqual([
      'public, max-age=31536000, immutable',
    ])
  })
  it('to an error tells nothing of the error', async () => {
    const answer = await up.send('/broken')
    expect(answer.body).toBe('Something went wrong on our side.\n')
    expect(answer.whole).not.toMatch(/detail|RangeError/)
  })
  it("under /api is in the API's error form", async () => {
    const answer = await up.send('/api/v1/hot/7', { method: 'DELETE' })
    expect(answer.status).toBe(405)
    expect(answer.headers['allow']).toEqual(['GET'])
    expect(answer.json).toEqual({
      error: 'That method is not allowed here.',
      code: 'method_not_allowed',
      request_id: answer.headers['x-request-id']?.[0],
    })
  })
})

describe('the one 404', () => {
  const sameFor = (whole: string): string => whole.replace(/^(Date|X-Request-Id): .*\r\n/gim, '')
  const rsc = { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': '/_tree' }
  const PLACES = [
    '/admin',
    '/Admin',
    '/ADMIN',
    '/admin/',
    '/admin/users',
    '/admin.rsc',
    '/admin?_rsc=1',
    '/admin.segments/_tree.segment.rsc',
    '/%61dmin',
    '//admin',
    '/./admin',
    '/x/../admin',
    '/admin%2fusers',
    '/\\admin',
    '/admin%00',
    '/_next/static/nope.js',
    '/_next/data/x/admin.json',
    '/_next/image?url=/a',
    '/_not-found',
    '/_global-error',
    '/page/',
    '/page.rsc',
    '/page%',
    '/page#x',
    '/o/gone',
    '/o/gone-quietly',
    '/o/%ff',
    '/api/nope',
    '/api/v1',
    '/api/v1/nope',
    '/api/app/unmarked',
    '/api/app/page',
    `${ADMIN_PATH}/`,
    `${ADMIN_PATH}/nope`,
    `${ADMIN_PATH}.rsc`,
    `${ADMIN_PATH.slice(0, -1)}8`,
    `/x${ADMIN_PATH}`,
  ]

  it.each(PLACES)('%s', async (place) => {
    const wanted = await up.send('/nosuch')
    const answer = await up.send(place)
    expect(answer.status).toBe(404)
    expect(sameFor(answer.whole)).toBe(sameFor(wanted.whole))
    expect(answer.whole).not.toContain('nonce')
  })
  it.each(['/admin', '/nosuch', '/_next/static/nope.js', '/api/nope', '/o/gone'])(
    '%s asked in other ways',
    async (place) => {
      const wanted = sameFor((await up.send('/nosuch')).whole)
      expect(sameFor((await up.send(place, { headers: rsc })).whole)).toBe(wanted)
      expect(
        sameFor((await up.send(place, { headers: { 'x-middleware-prefetch': '1', purpose: 'prefetch' } })).whole),
      ).toBe(wanted)
      expect(sameFor((await up.send(place, { ...POST, body: 'a=b' })).whole)).toBe(wanted)
      const head = await up.send(place, { method: 'HEAD' })
      expect(head.body).toBe('')
      expect(sameFor(head.whole)).toBe(wanted.slice(0, wanted.indexOf('\r\n\r\n') + 4))
    },
  )
  it.each(['/admin', '/nosuch'])('a POST to %s without Origin is no other', async (place) => {
    expect(sameFor((await up.send(place, { method: 'POST', body: 'x' })).whole)).toBe(
      sameFor((await up.send('/nosuch')).whole),
    )
  })
  it("gives way to an API door's own answer, whose mark stays inside", async () => {
    const answer = await up.send('/api/app/missing')
    expect(answer.json).toEqual({ code: 'not_found' })
    expect(answer.headers['x-orinode-error']).toBeUndefined()
  })
})

it('a page that leads elsewhere sends its head alone, however much of it was made', async () => {
  for (const method of ['GET', 'HEAD', 'POST']) {
    const headers = method === 'POST' ? POST.headers : {}
    const { status, body, headers: told } = await up.send('/sign-in-first', { method, headers })
    expect([status, body, told['location'], told['content-length']]).toEqual([307, '', ['/sign-in'], ['0']])
    expect(told['set-cookie']).toEqual(['a=1', 'b=2'])
  }
})

it('an upgrade is refused also when Next wants it', async () => {
  await up.send('/page')
  const answer = await up.send('/page', { headers: { Connection: 'Upgrade, close', Upgrade: 'websocket' } })
  expect(answer.status).toBe(400)
})

describe('leaving', () => {
  it('lets running answers finish, then cuts the rest', async () => {
    const leaving = await loopbackFront({ timeouts: { drainMs: 150 } })
    const hanging = leaving.send('/silent')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const startedAt = performance.now()
    await leaving.front.close()
    expect(performance.now() - startedAt).toBeGreaterThan(100)
    expect((await hanging).whole).toBe('')
  })
})
