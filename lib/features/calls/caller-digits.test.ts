import { createHmac } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { byTail, byToken, holdsCaller, holdsNumber, nameless } from './caller-digits.ts'

const caller = '+2348035550142'

let tried = 0
const vault = {
  callerToken(e164: string) {
    tried += 1
    return { token: createHmac('sha256', 'a key').update(e164).digest('base64url'), version: 1 }
  },
}
const stored = (e164 = caller, callerCountry: string | null = 'NG') => ({
  callerToken: Buffer.from(vault.callerToken(e164).token, 'base64url'),
  callerLast3: e164.slice(-3),
  callerCountry,
})
const byTheirToken = byToken(vault, stored())

const spelt = [
  '08035550142',
  '+234 803 555 0142',
  'https://pbx.example/20261124-8035550142.wav',
  'https://pbx.example/1732440000_8035550142.wav',
  'https://pbx.example/1732440000_0803-555-0142_17.wav',
  'https://pbx.example/202611248035550142.wav',
  'https://pbx.example/a.wav?from=%2B234803%35550142',
  'leg8035550142x',
  'leg٠٨٠٣٥٥٥٠١٤٢x',
]
const others = [
  'https://pbx.example/20261124-8035551142.wav',
  'https://pbx.example/20261124-101142.wav',
  'call_7f3a9c1e55d2142',
  'leg-142-142',
]

describe.each([
  ['digits', byTail(caller)],
  ['token', byTheirToken],
])('a caller known by %s', (_, areTheirs) => {
  test.each(spelt)('is found in %s', (text) => {
    expect(holdsCaller(text, areTheirs)).toBe(true)
    expect(holdsCaller(nameless(text, areTheirs), areTheirs)).toBe(false)
  })

  test.each(others)('is not mistaken in %s', (text) => {
    expect(holdsCaller(text, areTheirs)).toBe(false)
    expect(nameless(text, areTheirs)).toBe(text)
  })
})

describe('a caller known by token', () => {
  test('is found however short the plan, and without a country in international form', () => {
    expect(byToken(vault, stored('+2250102030405', 'CI'))('1732440000102030405')).toBe(true)
    expect(byToken(vault, stored('+254712345678', 'KE'))('20261124712345678')).toBe(true)
    expect(byToken(vault, stored('+254712345678', null))('202611240254712345678')).toBe(true)
  })

  test('without a token is nobody', () => {
    expect(byToken(vault, { ...stored(), callerToken: null })('08035550142')).toBe(false)
  })

  test('costs nothing where nothing ends as they do, and little where anything can', () => {
    tried = 0
    expect(byTheirToken('1732440000'.repeat(400))).toBe(false)
    expect(tried).toBe(0)
    expect(byTheirToken(`99999999${'142'.repeat(40)}`)).toBe(false)
    expect(tried).toBeLessThanOrEqual(40 * 18)
    tried = 0
    expect(byTheirToken('142'.repeat(1_300))).toBe(true)
    expect(tried).toBe(0)
  })
})

describe('an address from an event that does not say who called', () => {
  test.each([
    'https://pbx.example/08035550142.wav',
    'https://pbx.example/20261124-8035550142.wav',
    'https://pbx.example/1732440000_8035550142.wav',
    'https://pbx.example/2026/11/24/0803-555-0142/17.wav',
    'https://pbx.example/20261124-101530-2348035550142-3.wav',
    'https://pbx.example/1732440000/%2B2348035550142.wav',
    `https://pbx.example/${'1/'.repeat(200)}`,
  ])('that may hold a number is told from others: %s', (url) => {
    expect(holdsNumber(url, 'NG')).toBe(true)
  })

  test.each([
    'https://pbx.example/calls/17.wav',
    'https://pbx.example/20261124-101530/17.wav',
    'https://pbx.example/1732440000123_4.wav',
    'https://pbx.example/3f0e2c6a-1b34-4c67-89ab-0123efa45678.wav',
  ])('and one that no plan of the country could mean passes: %s', (url) => {
    expect(holdsNumber(url, 'GH')).toBe(false)
  })
})
