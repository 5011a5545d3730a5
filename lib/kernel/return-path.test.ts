import { expect, test } from 'vitest'

import { returnPath, signInPath } from './return-path.ts'

const slug = 'd8zdw2sjfyke6j'
const call = '01a20d21-ba45-7327-ab77-37e5b292567a'

test.each([
  ['/o', '/o'],
  [`/o/${slug}`, `/o/${slug}`],
  [`/o/${slug}/calls`, `/o/${slug}/calls`],
  [`/o/${slug}/calls/${call}`, `/o/${slug}/calls/${call}`],
  [
    `/o/${slug}/calls?status=no_answer&from=2026-11-24T09%3A30%3A00Z`,
    `/o/${slug}/calls?status=no_answer&from=2026-11-24T09%3A30%3A00Z`,
  ],
  [`/o/${slug}/calls?`, `/o/${slug}/calls`],
])('%s is a screen to come back to', (given, kept) => {
  expect(returnPath(given)).toBe(kept)
})

test.each([
  '',
  '/',
  '/sign-in',
  '/api/auth/signout',
  '/admin',
  'o',
  `o/${slug}`,
  '//evil.example',
  `//evil.example/o/${slug}`,
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  `/o\\..\\${slug}`,
  'https://evil.example/',
  `https://evil.example/o/${slug}`,
  'https:/o',
  'https:o',
  ['java', 'script:alert(1)'].join(''),
  'data:text/html,x',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' /o',
  '/o ',
  '/o\0',
  '/o\r\nset-cookie: a=b',
  '/%2f/evil.example',
  '/%5cevil.example',
  '/o/%2e%2e/%2e%2e/evil',
  `/o/${slug}/../../sign-in`,
  `/o/${slug}//evil.example`,
  `/o/${slug}/@evil.example`,
  '/o@evil.example',
  '/o:80@evil.example',
  '/.evil.example',
  '/o/SHOUT-SHOUT',
  `/o/${slug}#//evil.example`,
  `/o/${'x'.repeat(2_000)}`,
  null,
  undefined,
  7,
  ['/o'],
])('%j is not', (given) => {
  expect(returnPath(given)).toBeNull()
  expect(signInPath(given)).toBe('/sign-in')
})

test('whatever is accepted stays on the origin it is followed from', () => {
  for (const query of [
    '?a=//evil.example',
    '?next=https://evil.example',
    '?a=%0d%0aset-cookie:x',
    '?a=\\evil',
    '?_rsc=1',
    '?A=1',
  ]) {
    const kept = returnPath(`/o/${slug}/calls${query}`)
    expect([query, kept]).toEqual([query, `/o/${slug}/calls`])
    expect(new URL(kept ?? '', 'https://app.example').origin).toBe('https://app.example')
  }
})

test('a number typed where a token belongs is not carried on', () => {
  for (const typed of ['08035550142', '%2B234+803+555+0142', '0803-555-0142'])
    expect(returnPath(`/o/${slug}/calls?status=busy&caller=${typed}`)).toBe(`/o/${slug}/calls?status=busy`)
})

test('the way back rides in one field, and going nowhere in particular needs none', () => {
  expect(signInPath(`/o/${slug}/calls?status=busy`)).toBe(`/sign-in?next=%2Fo%2F${slug}%2Fcalls%3Fstatus%3Dbusy`)
  expect(signInPath('/o')).toBe('/sign-in')
})
