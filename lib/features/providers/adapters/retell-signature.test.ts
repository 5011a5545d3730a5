import { Retell } from 'retell-sdk'
import { symmetric } from 'retell-sdk/lib/webhook_auth'
import { describe, expect, test } from 'vitest'

import { verifyRetell } from './retell-signature.ts'

const BODY = '{"event":"call_analyzed","call":{"call_id":"c1"}}'
const SECRET = 'key_test'
const AT = 1_700_000_000_000
const PUBLISHED = 'v=1700000000000,d=ab622413ae5dccb9d2d54246d19fd6057fc1e1d86988751ab101305080d21d10'
const MINUTES = 60_000

function check(over: { header?: string | null; body?: string | Buffer; secret?: string; now?: number } = {}) {
  const header = over.header === undefined ? PUBLISHED : over.header
  return verifyRetell({
    rawBody: Buffer.from(over.body ?? BODY),
    url: 'https://app.example/api/hooks/retell/x',
    settings: {},
    secret: over.secret ?? SECRET,
    now: new Date(over.now ?? AT),
    headers: new Headers(header === null ? {} : { 'X-Retell-Signature': header }),
  })
}

describe('a Retell signature', () => {
  test('of the published vector is accepted', () => {
    expect(check()).toEqual({ ok: true })
  })

  test('made by Retell’s own SDK is accepted', async () => {
    const body = JSON.stringify({ event: 'call_ended', call: { call_id: 'c2', transcript: 'Ẹ káàárọ̀ ₦5,000' } })
    expect(
      check({ body, header: await Retell.sign(body, 'another key'), secret: 'another key', now: Date.now() }),
    ).toEqual({ ok: true })
    expect(check({ body, header: await symmetric.sign(body, SECRET, AT), now: AT + MINUTES })).toEqual({ ok: true })
  })

  test('covers the raw bytes: the same JSON spelt otherwise is refused', async () => {
    const body = '{ "event": "call_ended",  "call": {"call_id":"\\u0063"} }'
    const header = await symmetric.sign(body, SECRET, AT)
    expect(check({ body, header })).toEqual({ ok: true })
    expect(check({ body: JSON.stringify(JSON.parse(body)), header })).toEqual({ ok: false, reason: 'mismatch' })
  })

  test('covers bytes that are not UTF-8 as they came', async () => {
    const header = await symmetric.sign('\ufffd', SECRET, AT)
    expect(check({ body: Buffer.from([0xff]), header })).toEqual({ ok: false, reason: 'mismatch' })
  })

  test.each([
    [5 * MINUTES, true],
    [5 * MINUTES + 1, false],
    [-5 * MINUTES, true],
    [-5 * MINUTES - 1, false],
  ])('is good for five minutes either way (%d ms off: %s)', async (off, isGood) => {
    expect(check({ now: AT + off })).toEqual(isGood ? { ok: true } : { ok: false, reason: 'stale' })
    expect(await symmetric.verify(BODY, SECRET, PUBLISHED, { timestamp: AT + off })).toBe(isGood)
  })

  test.each([
    ['another key', { secret: 'key_tesT' }],
    ['no key', { secret: '' }],
    ['another body', { body: `${BODY} ` }],
    ['an empty body', { body: '' }],
    ['another moment', { header: PUBLISHED.replace('v=1700000000000', 'v=1700000000001') }],
    ['one bit changed', { header: `${PUBLISHED.slice(0, -1)}1` }],
  ])('with %s does not match', (_, over) => {
    expect(check(over)).toEqual({ ok: false, reason: 'mismatch' })
  })

  test('under an empty key is refused even when it was made with one', async () => {
    const { createHmac } = await import('node:crypto')
    const digest = createHmac('sha256', '').update(`${BODY}${AT}`).digest('hex')
    expect(check({ secret: '', header: `v=${AT},d=${digest}` })).toEqual({ ok: false, reason: 'mismatch' })
  })

  test('that is not there is missing', () => {
    expect(check({ header: null })).toEqual({ ok: false, reason: 'missing' })
    expect(check({ header: '' })).toEqual({ ok: false, reason: 'missing' })
  })

  test.each([
    'nonsense',
    'v=,d=',
    `v=1700000000000`,
    `d=${'a'.repeat(64)}`,
    `v=1700000000000,d=${'a'.repeat(63)}`,
    `v=1700000000000,d=${'a'.repeat(65)}`,
    `v=1700000000000,d=${'g'.repeat(64)}`,
    `v=-1,d=${'a'.repeat(64)}`,
    `v=1e12,d=${'a'.repeat(64)}`,
    `v=99999999999999999999,d=${'a'.repeat(64)}`,
    `${PUBLISHED}, ${PUBLISHED}`,
    `x${PUBLISHED}`,
    `sha256=${'a'.repeat(64)}`,
  ])('%s is malformed, and Retell’s SDK refuses it too', async (header) => {
    expect(check({ header })).toEqual({ ok: false, reason: 'malformed' })
    expect(await symmetric.verify(BODY, SECRET, header, { timestamp: AT })).toBe(false)
  })
})
