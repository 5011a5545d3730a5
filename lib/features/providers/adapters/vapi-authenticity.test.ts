import { describe, expect, test } from 'vitest'

import { signByRule } from '../../../testing/provider-replayer/sign-by-rule.ts'
import { settingsFor } from './settings.ts'
import { vapi } from './vapi.ts'

const BODY = '{"message":{"type":"hang"}}'
const SECRET = 'vapi_secret'
const AT = 1_772_000_000_000
const minutes = 60_000
const hex = '65889c45e8d630f14d2dfa74cec4c6d811f83c46f119d0867ea75fbc348ed47d'

interface Given {
  settings?: Record<string, unknown>
  headers?: Record<string, string>
  body?: string
  secret?: string
  now?: number
  url?: string
}
const check = ({ settings = {}, headers = {}, body = BODY, secret = SECRET, now = AT, url = 'https://h' }: Given) =>
  vapi.verify({ rawBody: Buffer.from(body), headers: new Headers(headers), secret, settings, now: new Date(now), url })
const hmac = (more: Record<string, unknown> = {}) => ({ mode: 'hmac', ...more })
const signed = (digest: string, at: string = String(AT)) => ({ 'x-signature': digest, 'x-timestamp': at })

const fine = { ok: true }
const refused = (reason: string) => ({ ok: false, reason })

describe('a bearer token', () => {
  test.each<[string, Given, object]>([
    ['as Vapi sends it when nothing is chosen', { headers: { authorization: 'Bearer vapi_secret' } }, fine],
    ['with a small b', { headers: { authorization: 'bearer vapi_secret' } }, fine],
    [
      'in a header of its own without the word',
      { settings: { mode: 'bearer', header: 'x-token', has_prefix: false }, headers: { 'x-token': 'vapi_secret' } },
      fine,
    ],
    ['that is not there', {}, refused('missing')],
    ['that is empty', { headers: { authorization: '' } }, refused('missing')],
    ['without its word', { headers: { authorization: 'vapi_secret' } }, refused('malformed')],
    ['of another kind', { headers: { authorization: 'Basic vapi_secret' } }, refused('malformed')],
    ['that is another', { headers: { authorization: 'Bearer vapi_secreT' } }, refused('mismatch')],
    ['that is a part of ours', { headers: { authorization: 'Bearer vapi_secre' } }, refused('mismatch')],
    ['that goes on after ours', { headers: { authorization: 'Bearer vapi_secret2' } }, refused('mismatch')],
    ['given twice', { headers: { authorization: 'Bearer vapi_secret, Bearer vapi_secret' } }, refused('mismatch')],
    ['when ours is empty', { secret: '', headers: { authorization: 'Bearer ' } }, refused('malformed')],
    ['in a header it was not to be in', { headers: { 'x-vapi-secret': SECRET } }, refused('missing')],
  ])('%s', (_, given, verdict) => {
    expect(check(given)).toEqual(verdict)
  })
})

describe('the older secret', () => {
  const settings = { mode: 'secret' }
  test.each<[string, Given, object]>([
    ['is known', { settings, headers: { 'x-vapi-secret': SECRET } }, fine],
    ['is not another', { settings, headers: { 'x-vapi-secret': 'x' } }, refused('mismatch')],
    ['is not nothing', { settings }, refused('missing')],
    ['is no bearer token', { settings, headers: { authorization: `Bearer ${SECRET}` } }, refused('missing')],
    ['is not empty', { settings, secret: '', headers: { 'x-vapi-secret': '' } }, refused('missing')],
  ])('%s', (_, given, verdict) => {
    expect(check(given)).toEqual(verdict)
  })
})

describe('a signature', () => {
  const base64 = 'RUjZdZePpBqqQvHzZFj9RB7G7mc='
  const long =
    'bf8b8152f6dcb4b08113bdf1dbf82c457ab3f1f88b985e2b439c0fd73bbba38bc80e0b3d92bf96d0a9a6ac0d486366f1786c8e8d2617ed867b045634b95d7919'

  test.each<[string, Given]>([
    ['made elsewhere', { settings: hmac(), headers: signed(hex) }],
    ['in capital letters', { settings: hmac(), headers: signed(hex.toUpperCase()) }],
    [
      'with SHA-1 in base64 and a word before it',
      { settings: hmac({ algorithm: 'sha1', encoding: 'base64', prefix: 'v1,' }), headers: signed(`v1,${base64}`) },
    ],
    ['with SHA-512', { settings: hmac({ algorithm: 'sha512' }), headers: signed(long) }],
    ['four minutes late', { settings: hmac(), headers: signed(hex), now: AT + 4 * minutes }],
  ])('%s is good', (_, given) => {
    expect(check(given)).toEqual(fine)
  })

  test('in headers, words and an order of the user’s own is good', () => {
    const settings = hmac({
      header: 'x-sig',
      timestamp_header: 'x-at',
      payload: 'v1:{timestamp}:{body}!',
      prefix: 'sha256=',
    })
    const rule = { header: 'x-sig', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' } as const
    const headers = signByRule(BODY, SECRET, new Date(AT), {
      ...rule,
      payload: 'v1:{timestamp}:{body}!',
      timestampHeader: 'x-at',
    })
    expect(check({ settings, headers })).toEqual(fine)
    expect(check({ settings: { ...settings, payload: 'v1:{timestamp}:{body}' }, headers })).toEqual(refused('mismatch'))
  })

  test('of seconds, of method and address, and in the way of Svix, is good', () => {
    const at = String(AT / 1000)
    const settings = hmac({ payload: '{method} {url} {svix-id}.{timestamp}.{body}', secret_is_base64: true })
    const secret = `whsec_${Buffer.from('key of twelve').toString('base64')}`
    const text = `POST https://h/x?y msg_1.${at}.${BODY}`
    const rule = { header: 'x-signature', algorithm: 'sha256', encoding: 'hex', payload: '{body}' } as const
    const made = signByRule(text, 'key of twelve', new Date(AT), rule)['x-signature'] ?? ''
    const headers = { ...signed(made, at), 'svix-id': 'msg_1' }
    expect(check({ settings, headers, secret, url: 'https://h/x?y' })).toEqual(fine)
    expect(check({ settings, headers, secret, url: 'https://h/x' })).toEqual(refused('mismatch'))
    expect(check({ settings, headers: { ...headers, 'svix-id': 'msg_2' }, secret, url: 'https://h/x?y' })).toEqual(
      refused('mismatch'),
    )
    expect(check({ settings, headers: signed(made, at), secret, url: 'https://h/x?y' })).toEqual(refused('missing'))
  })

  test.each<[string, Given, string]>([
    ['over another body', { settings: hmac(), headers: signed(hex), body: `${BODY} ` }, 'mismatch'],
    ['under another secret', { settings: hmac(), headers: signed(hex), secret: 'x' }, 'mismatch'],
    ['under an empty secret', { settings: hmac(), headers: signed(hex), secret: '' }, 'mismatch'],
    ['with its time moved', { settings: hmac(), headers: signed(hex, String(AT + 1)) }, 'mismatch'],
    ['six minutes old', { settings: hmac(), headers: signed(hex), now: AT + 6 * minutes }, 'stale'],
    ['from six minutes ahead', { settings: hmac(), headers: signed(hex), now: AT - 6 * minutes }, 'stale'],
    ['without its time', { settings: hmac(), headers: { 'x-signature': hex } }, 'missing'],
    ['with a time in words', { settings: hmac(), headers: signed(hex, 'yesterday') }, 'malformed'],
    ['with a negative time', { settings: hmac(), headers: signed(hex, `-${AT}`) }, 'malformed'],
    ['that is not there', { settings: hmac() }, 'missing'],
    ['that is empty', { settings: hmac(), headers: signed('') }, 'missing'],
    ['that is a digit short', { settings: hmac(), headers: signed(hex.slice(1)) }, 'malformed'],
    ['that is no hex', { settings: hmac(), headers: signed('z'.repeat(64)) }, 'malformed'],
    ['given twice', { settings: hmac(), headers: signed(`${hex}, ${hex}`) }, 'malformed'],
    ['without the word before it', { settings: hmac({ prefix: 'sha256=' }), headers: signed(hex) }, 'malformed'],
    ['of another algorithm', { settings: hmac({ algorithm: 'sha512' }), headers: signed(hex) }, 'malformed'],
    ['where a token stands instead', { settings: hmac(), headers: { authorization: `Bearer ${SECRET}` } }, 'missing'],
    ['that leaves the body out', { settings: hmac({ payload: '{timestamp}' }), headers: signed(hex) }, 'mismatch'],
  ])('%s is refused', (_, given, reason) => {
    expect(check(given)).toEqual(refused(reason))
  })
})

describe('how far a forgery can be told', () => {
  test.each<[Record<string, unknown>, string]>([
    [{}, 'shared_secret'],
    [{ mode: 'bearer' }, 'shared_secret'],
    [{ mode: 'secret' }, 'shared_secret'],
    [hmac(), 'signed'],
    [{ mode: 'none' }, 'shared_secret'],
  ])('%j: %s', (settings, authenticity) => {
    expect(vapi.authenticity(settings)).toBe(authenticity)
  })

  test.each([
    { mode: 'none' },
    { mode: 'hmac', payload: '{timestamp}' },
    { mode: 'hmac', algorithm: 'md5' },
    { mode: 'hmac', header: 'x signature' },
    { mode: 'bearer', header: '' },
    { mode: 'secret', header: 'x' },
  ])('settings such as %j can neither be saved nor let anybody in', (settings) => {
    expect(() => settingsFor('vapi', settings)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    const headers = { authorization: `Bearer ${SECRET}`, 'x-vapi-secret': SECRET, ...signed(hex) }
    expect(check({ settings, headers })).toEqual(refused('mismatch'))
  })

  test('what was left out is filled in', () => {
    expect(settingsFor('vapi', {})).toEqual({ mode: 'bearer', header: 'authorization', has_prefix: true })
    expect(settingsFor('vapi', { mode: 'hmac' })).toMatchObject({ payload: '{timestamp}.{body}', algorithm: 'sha256' })
  })
})
