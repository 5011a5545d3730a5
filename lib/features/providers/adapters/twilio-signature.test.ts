import * as fc from 'fast-check'
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { describe, expect, test } from 'vitest'

import { formOf, type TwilioForm } from '../../../testing/provider-replayer/sign-twilio.ts'
import { sampleTwilioCompleted as completed } from '../../../testing/provider-replayer/twilio-sample.ts'
import { verifyTwilio } from './twilio-signature.ts'

const TOKEN = '12345'
const URL = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const NOW = new Date('2026-11-24T09:01:02Z')
const documented = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+12349013030',
  Digits: '1234',
  From: '+12349013030',
  To: '+18005551212',
}

interface Sent {
  form?: TwilioForm
  body?: string | Buffer
  signature?: string | null
  url?: string
  secret?: string
  now?: Date
}

function check({ form = documented, body, signature, url = URL, secret = TOKEN, now = NOW }: Sent = {}) {
  const header = signature === undefined ? getExpectedTwilioSignature(TOKEN, url, form) : signature
  return verifyTwilio({
    rawBody: Buffer.from(body ?? formOf(form)),
    headers: new Headers(header === null ? {} : { 'X-Twilio-Signature': header }),
    url,
    secret,
    settings: {},
    now,
  })
}

const refused = (reason: string) => ({ ok: false, reason })

describe('the signature of a form', () => {
  const documentedInCode = { ...documented, Caller: '+14158675309', From: '+14158675309' }

  test.each<[string, TwilioForm, string]>([
    ['0/KCTR6DLpKmkAf8muzZqo1nDgQ=', documented, URL],
    ['RSOYDt4T1cUTdK1PDd93/VVr8B8=', documentedInCode, URL],
    ['kvajT1Ptam85bY51eRf/AJRuM3w=', documentedInCode, URL],
    ['0ZXoZLH/DfblKGATFgpif+LLRf4=', documentedInCode, 'http://mycompany.com/myapp.php?foo=1&bar=2'],
    ['0ZXoZLH/DfblKGATFgpif+LLRf4=', documentedInCode, 'http://mycompany.com:80/myapp.php?foo=1&bar=2'],
  ])('published as %s is accepted', (signature, form, url) => {
    expect(check({ form, signature, url })).toEqual({ ok: true })
  })

  test('counts with and without our port, as its own library holds', () => {
    const ours = 'https://app.example:8443/api/hooks/twilio/x'
    for (const signed of [ours, 'https://app.example/api/hooks/twilio/x'])
      expect(check({ url: ours, signature: getExpectedTwilioSignature(TOKEN, signed, documented) })).toEqual({
        ok: true,
      })
    for (const signed of ['https://app.example:9443/api/hooks/twilio/x', 'http://app.example/api/hooks/twilio/x'])
      expect(check({ url: ours, signature: getExpectedTwilioSignature(TOKEN, signed, documented) })).toEqual(
        refused('mismatch'),
      )
    const local = 'https://[::1]:8443/hook'
    expect(
      check({ url: local, signature: getExpectedTwilioSignature(TOKEN, 'https://[::1]/hook', documented) }),
    ).toEqual({ ok: true })
  })

  test('counts a value that came twice once, and several in their order, as its own library does', () => {
    for (const form of [{ MessageSid: ['b', 'a', 'b'] }, { MessageSid: ['a', 'a'] }, { Empty: '' }, {}])
      expect(check({ form })).toEqual({ ok: true })
  })

  test('of any form at all is accepted when its own library made it, and the library agrees on any change', () => {
    const value = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed())
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/)
    const forms = fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 4 })), { maxKeys: 8 })
    fc.assert(
      fc.property(forms, name, value, (form, changed, to) => {
        expect(check({ form })).toEqual({ ok: true })
        const signature = getExpectedTwilioSignature(TOKEN, URL, form)
        const other = { ...form, [changed]: to }
        expect(check({ form: other, signature }).ok).toBe(validateRequest(TOKEN, signature, URL, other))
      }),
      { numRuns: 300 },
    )
  })

  test.each<[string, Sent, string]>([
    ['is absent', { signature: null }, 'missing'],
    ['is empty', { signature: '' }, 'missing'],
    ['is words', { signature: 'trust me' }, 'malformed'],
    ['is cut short', { signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ' }, 'malformed'],
    ['came twice', { signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=, 0/KCTR6DLpKmkAf8muzZqo1nDgQ=' }, 'malformed'],
    ['is another spelling of the same bytes', { signature: '0/KCTR6DLpKmkAf8muzZqo1nDgR=' }, 'mismatch'],
    ['was made with another token', { secret: '54321' }, 'mismatch'],
    ['was made with no token', { secret: '', signature: getExpectedTwilioSignature('', URL, documented) }, 'mismatch'],
    ['is for another address', { signature: getExpectedTwilioSignature(TOKEN, `${URL}3`, documented) }, 'mismatch'],
    [
      'is for another form',
      { body: formOf({ ...documented, To: '+18005551213' }), signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' },
      'mismatch',
    ],
    [
      'is for a form that is none',
      { body: Buffer.from([0xff]), signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' },
      'malformed',
    ],
  ])('that %s is refused', (_, sent, reason) => {
    expect(check(sent)).toEqual(refused(reason))
  })

  test('of an event older than we remember is refused, whichever of its times says so', () => {
    const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3_600_000)
    for (const form of [completed, { CallSid: 'CA1', RecordingStartTime: completed.Timestamp }]) {
      expect(check({ form, now: later(6.9) })).toEqual({ ok: true })
      expect(check({ form, now: later(7.1) })).toEqual(refused('stale'))
    }
    expect(check({ form: { ...completed, Timestamp: 'soon' }, now: later(90) })).toEqual({ ok: true })
  })
})

describe('the signature of a JSON body', () => {
  const body = '{"property": "value", "boolean": true}'
  const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620'
  const url = `${URL}&bodySHA256=${hash}`
  const signature = 'a9nBmqA0ju/hNViExpshrM61xv4='

  test('as published is accepted', () => {
    expect(check({ body, url, signature })).toEqual({ ok: true })
  })

  test('covers the body by the hash in the signed address', () => {
    expect(check({ body: body.replace('true', 'false'), url, signature })).toEqual(refused('mismatch'))
    expect(check({ body: body.replaceAll(' ', ''), url, signature })).toEqual(refused('mismatch'))
    const moved = url.replace(hash, hash.toUpperCase())
    expect(check({ body, url: moved, signature })).toEqual(refused('mismatch'))
  })

  test('does not let a form in whose fields nothing covers', () => {
    const noHash = `${URL}&bodySHA256=`
    const bare = getExpectedTwilioSignature(TOKEN, noHash, {})
    expect(check({ body: formOf(documented), url: noHash, signature: bare })).toEqual(refused('mismatch'))
  })
})
