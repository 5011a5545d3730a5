import { expect, it } from 'vitest'

import { type HotMount, hotTable } from './hot-mounts.ts'

const mount = (method: string, pattern: string): HotMount => ({
  method,
  pattern,
  handler: () => Promise.resolve(new Response(pattern)),
})
const find = hotTable([
  mount('GET', '/api/v1/calls/:id'),
  mount('GET', '/api/v1/calls/search'),
  mount('POST', '/api/v1/calls'),
  mount('GET', '/api/v1/:kind/:id/notes'),
])

it.each([
  ['GET', '/api/v1/calls/7', '/api/v1/calls/:id', { id: '7' }],
  ['GET', '/api/v1/calls/a%20b', '/api/v1/calls/:id', { id: 'a b' }],
  ['HEAD', '/api/v1/calls/7', '/api/v1/calls/:id', { id: '7' }],
  ['GET', '/api/v1/calls/search', '/api/v1/calls/search', {}],
  ['POST', '/api/v1/calls', '/api/v1/calls', {}],
  ['GET', '/api/v1/calls/7/notes', '/api/v1/:kind/:id/notes', { kind: 'calls', id: '7' }],
])('%s %s is %s', (method, path, pattern, params) => {
  expect(find(method, path)).toMatchObject({ kind: 'found', pattern, params })
})

it('says which methods a known path takes', () => {
  expect(find('PUT', '/api/v1/calls')).toEqual({ kind: 'other-method', pattern: '/api/v1/calls', allowed: ['POST'] })
})

it('knows no other path', () => {
  expect(
    ['/api/v1', '/api/v1/calls/7/8/9', '/api/v1/Calls', '/', '/api/v1/calls/7/notes/1'].filter((path) =>
      find('GET', path),
    ),
  ).toEqual([])
})

it('refuses two handlers for one door', () => {
  expect(() => hotTable([mount('GET', '/a'), mount('GET', '/a')])).toThrow(/Two handlers/)
})
