import { describe, expect, it } from 'vitest'

import { encodingFor, type Exchange } from './response-encoding.ts'

const page: Exchange = {
  method: 'GET',
  acceptEncoding: 'gzip, deflate, br, zstd',
  fetchSite: 'same-origin',
  status: 200,
  contentType: 'text/html; charset=utf-8',
  contentEncoding: undefined,
  contentLength: undefined,
  isFile: false,
}
const script: Exchange = {
  ...page,
  isFile: true,
  fetchSite: 'cross-site',
  contentType: 'application/javascript; charset=UTF-8',
  contentLength: 20_000,
}

describe('what is made for one person', () => {
  it.each(['same-origin', 'none'])('is compressed, padded, when the browser says %s', (fetchSite) => {
    expect(encodingFor({ ...page, fetchSite })).toBe('gzip')
    expect(encodingFor({ ...page, fetchSite, method: 'POST', contentType: 'text/x-component' })).toBe('gzip')
    expect(encodingFor({ ...page, fetchSite, contentType: 'application/json' })).toBe('gzip')
  })
  it.each(['cross-site', 'same-site', undefined, '', 'None', 'same-origin, none'])(
    'never is when another site may have asked: %s',
    (fetchSite) => {
      expect(encodingFor({ ...page, fetchSite })).toBeUndefined()
    },
  )
  it('is never brotli, whose length cannot be padded', () => {
    expect(encodingFor({ ...page, acceptEncoding: 'br' })).toBeUndefined()
  })
})

describe('a file, the same for everybody', () => {
  it('is compressed whoever asks, as small as they can read it', () => {
    expect(encodingFor(script)).toBe('br')
    expect(encodingFor({ ...script, acceptEncoding: 'gzip' })).toBe('gzip')
    expect(encodingFor({ ...script, fetchSite: undefined })).toBe('br')
    expect(encodingFor({ ...script, contentType: 'text/css' })).toBe('br')
  })
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['zstd', undefined],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0', undefined],
    ['BR;q=0.5', 'br'],
    ['*', undefined],
    ['xbr, gzipped', undefined],
  ])('to whom reads %s goes %s', (acceptEncoding, encoding) => {
    expect(encodingFor({ ...script, acceptEncoding })).toBe(encoding)
  })
})

it.each<[string, Partial<Exchange>]>([
  ['a stream of events', { contentType: 'text/event-stream; charset=utf-8' }],
  ['sound', { contentType: 'audio/wav' }],
  ['a picture', { contentType: 'image/png' }],
  ['a body of no type', { contentType: '' }],
  ['the 404', { status: 404 }],
  ['not modified', { status: 304 }],
  ['a refusal', { status: 500 }],
  ['HEAD', { method: 'HEAD' }],
  ['what is encoded already', { contentEncoding: 'br' }],
  ['next to nothing', { contentLength: 1_023 }],
])('%s leaves as it is', (_, different) => {
  expect(encodingFor({ ...page, ...different })).toBeUndefined()
  expect(encodingFor({ ...script, ...different })).toBeUndefined()
})
