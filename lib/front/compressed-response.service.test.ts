import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Loopback, loopbackFront } from './front-server.test-support.ts'

const script = `/* ${'a script '.repeat(300)} */`
const row = '<p>+234 *** *** 789</p>'.repeat(200)
const PIECES = 100
const rows = row.repeat(PIECES)
let up: Loopback
let sentPieces = 0
beforeAll(async () => {
  up = await loopbackFront({
    nextHandler: async (request, response) => {
      const { pathname } = new URL(request.url ?? '', 'https://localhost')
      const type = pathname.endsWith('.js')
        ? 'application/javascript'
        : pathname.startsWith('/api/')
          ? 'application/json'
          : 'text/html'
      response.setHeader('Content-Type', type)
      if (type === 'application/javascript') {
        response.setHeader('ETag', '"e"')
        response.setHeader('Content-Length', script.length)
        response.end(script)
      } else if (pathname === '/refused') {
        response.statusCode = 500
        response.end(rows)
      } else {
        for (let at = 0; at < PIECES; at += 1) {
          sentPieces += 1
          if (!response.write(row)) await new Promise((drained) => response.once('drain', drained))
        }
        response.end()
      }
    },
  })
})
afterAll(() => up.front.close())

const bytesOf = (body: string): Buffer => Buffer.from(body, 'latin1')
const from = (site: string, more: Record<string, string> = {}) => ({
  headers: { 'Accept-Encoding': 'gzip, br', 'Sec-Fetch-Site': site, ...more },
})

describe('a page', () => {
  it('our own pages asked for is compressed, piece by piece, and reads back', async () => {
    sentPieces = 0
    const answer = await up.send('/page', from('same-origin'))
    expect(answer.headers['content-encoding']).toEqual(['gzip'])
    expect(answer.headers['content-length']).toBeUndefined()
    expect(answer.headers['vary'], 'it is stored nowhere').toBeUndefined()
    const bytes = bytesOf(answer.body)
    expect(gunzipSync(bytes).toString()).toBe(rows)
    expect(bytes.length).toBeLessThan(rows.length / 20)
    expect(sentPieces).toBe(PIECES)
  })
  it('another site asked for leaves as it is, however often and with whatever in its address', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await up.send('/page?q=guess', from(site))
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.body).toBe(rows)
    }
  })
  it('of one content has no one length', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => up.send('/page', from('none'))))
    expect(new Set(answers.map(({ body }) => body.length)).size).toBeGreaterThan(6)
  })
  it('that is a refusal, or asked for by HEAD, is left alone', async () => {
    expect((await up.send('/refused', from('same-origin'))).headers['content-encoding']).toBeUndefined()
    const head = await up.send('/page', { ...from('same-origin'), method: 'HEAD' })
    expect([head.headers['content-encoding'], head.body]).toEqual([undefined, ''])
  })
  it('there is not is the same bytes whatever is accepted', async () => {
    const [plain, packed] = await Promise.all([up.send('/nowhere'), up.send('/nowhere', from('same-origin'))])
    expect(packed.body).toBe(plain.body)
    expect(packed.headers['content-encoding']).toBeUndefined()
  })
})

it('what a machine is answered stays plain', async () => {
  const answer = await up.send('/api/v1/echo', { headers: { 'Accept-Encoding': 'gzip' } })
  expect(answer.headers['content-encoding']).toBeUndefined()
})

describe('a file', () => {
  const path = '/_next/static/chunks/a.js'
  it.each([
    ['gzip, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ] as const)(
    'asked for with %s comes as %s, with its length, to be kept by encoding',
    async (accepted, encoding, read) => {
      for (let again = 0; again < 2; again += 1) {
        const answer = await up.send(path, from('cross-site', { 'Accept-Encoding': accepted }))
        expect(answer.headers['content-encoding']).toEqual([encoding])
        expect(answer.headers['vary']).toEqual(['Accept-Encoding'])
        expect(answer.headers['etag'], 'other bytes of the same file').toEqual(['W/"e"'])
        const bytes = bytesOf(answer.body)
        expect(answer.headers['content-length']).toEqual([String(bytes.length)])
        expect(read(bytes).toString()).toBe(script)
        expect(answer.headers['x-content-type-options']).toEqual(['nosniff'])
      }
    },
  )
  it('comes whole to whoever reads neither', async () => {
    const answer = await up.send(path)
    expect([answer.headers['content-encoding'], answer.body]).toEqual([undefined, script])
  })
})
