import { describe, expect, it } from 'vitest'

import { canonicalPath, doorOf } from './path-shape.ts'

describe('a path is answered only as written in one way', () => {
  it.each([
    '/',
    '/security',
    '/o/acme/calls',
    '/.well-known/security.txt',
    '/o/a~b/c.d',
    '/x/%E2%82%AC',
    '/x/%20y',
    '/x/a:b@c',
  ])('%s is that way', (path) => {
    expect(canonicalPath(path)).toBe(path)
    expect(canonicalPath(`${path}?q=//../%2e`)).toBe(path)
  })
  it.each([
    ['', '*', 'https://a/b', 'a'],
    ['/a/', '//', '//a', '/a//b'],
    ['/.', '/..', '/./a', '/a/.', '/a/..', '/a/../b', '/a/%2e%2e/b', '/%2E/a'],
    ['/a%2fb', '/a%2Fb', '/a%5cb', '/a\\b', '/a%255c'],
    ['/%61', '/%41', '/%30', '/%7e', '/%2d', '/%5F', '/%5A', '/%5a', '/%7A', '/%6F', '/%4f'],
    ['/a%00', '/a%0a', '/a%1f', '/a%7f', '/a b', '/a\tb', '/a#b', '/a"b', '/a<b', '/a^b', '/a|b', '/a{b'],
    ['/a%', '/a%2', '/a%zz', '/%ff', '/%C3%28', '/é'],
    ['/a.rsc', '/a.RSC', '/a.segments/_tree.segment.rsc', '/a.action', '/a.rsc/b'],
  ])('%s and its like are not', (...paths) => {
    expect(paths.filter((path) => canonicalPath(path) !== undefined)).toEqual([])
  })
})

it('each door is known by its first segments', () => {
  expect(
    ['/api/v1/calls', '/api/hooks/twilio', '/api/app/calls', '/api/auth/csrf', '/o/acme', '/api', '/apiv1'].map(doorOf),
  ).toEqual(['public-api', 'hooks', 'own-api', 'own-api', 'browser', 'browser', 'browser'])
})
