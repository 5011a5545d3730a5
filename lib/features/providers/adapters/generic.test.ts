import { describe, expect, test } from 'vitest'

import { AppError } from '../../../kernel/app-error.ts'
import { genericDayMapping as mapping } from '../../../testing/provider-replayer/generic-day.ts'
import { sampleGeneric as sample } from '../../../testing/provider-replayer/generic-sample.ts'
import { signByRule } from '../../../testing/provider-replayer/sign-by-rule.ts'
import { generic } from './generic.ts'
import { adapterOf } from './registry.ts'
import { settingsFor } from './settings.ts'

const settings = { mapping, countries: ['NG'] }
const event = (more: object = {}) => ({ ...sample, call: { ...sample.call, ...more } })
const facts = (more: object = {}, changed: object = {}) =>
  generic.read(event(more), { ...settings, mapping: { ...mapping, ...changed } }).facts

function fieldsOf(body: unknown, given: Record<string, unknown> = settings): Record<string, string> {
  try {
    generic.read(body, given)
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error.fields ?? {}
    throw error
  }
  return {}
}

describe('an event as its mapping describes it', () => {
  test('says all there is', () => {
    expect(generic.read(sample, settings)).toEqual({
      eventId: 'ev_1',
      eventType: 'call.over',
      occurredAt: new Date(1_772_000_070_000),
      facts: {
        externalId: 'call-1',
        direction: 'inbound',
        caller: '+2348031234567',
        number: '+2342015550100',
        agent: 'Ada',
        status: 'completed',
        endedReason: 'caller_hung_up',
        startedAt: new Date('2026-02-25T06:13:15Z'),
        answeredAt: new Date('2026-02-25T06:13:20Z'),
        endedAt: new Date('2026-02-25T06:14:25.500Z'),
        talkMs: 65_500,
        languages: ['pcm', 'en'],
        summary: 'Asked for an order.',
        success: true,
        consent: { state: 'given' },
        cost: { amountMinor: 4_626, currency: 'NGN' },
        latencyMs: { e2e: 812 },
        recordingUrl: 'https://files.example.com/a.wav',
        transcript: {
          stage: 2,
          turns: [
            { role: 'agent', text: 'Hello', atMs: 600 },
            { role: 'caller', text: 'Abeg, my order', atMs: 1_750 },
          ],
        },
        metadata: { campaign: 'march' },
        countries: ['NG'],
      },
    })
  })

  test('needs no more than a name for the call', () => {
    expect(generic.read({ id: 7 }, { mapping: { external_id: 'id' } })).toEqual({
      eventId: null,
      eventType: 'call',
      occurredAt: null,
      facts: { externalId: '7', countries: [] },
    })
  })

  test('the caller is the outside party whichever way the call went', () => {
    expect(facts({ way: 'OUT' })).toMatchObject({ caller: '+2342015550100', number: '+2348031234567' })
    const read = facts({ way: 'SIDEWAYS' })
    for (const name of ['caller', 'number', 'direction']) expect(read).not.toHaveProperty(name)
    const fixed = { direction: 'outbound', from: undefined, to: undefined, caller: 'call.leg.from' }
    expect(facts({}, fixed)).toMatchObject({ direction: 'outbound', caller: '+2348031234567' })
  })

  test('a number may be written as one', () => {
    expect(facts({ leg: { from: 2_348_031_234_567, to: 0 } })).toMatchObject({ caller: '2348031234567', number: '0' })
  })

  test('a word its table does not know passes visibly, and is no status of ours', () => {
    const read = facts({ state: 'PARKED' })
    expect(read).toMatchObject({ statusRaw: 'PARKED' })
    for (const name of ['status', 'endedReason']) expect(read).not.toHaveProperty(name)
    expect(facts({ why: 'RATS' })).toMatchObject({ endedReason: 'unknown', endedReasonRaw: 'RATS' })
    expect(facts({ why: undefined })).not.toHaveProperty('endedReason')
    for (const word of ['__proto__', 'constructor', 'toString'])
      expect(facts({ state: word })).toMatchObject({ statusRaw: word })
  })

  test('a reason counts beside an ending alone', () => {
    expect(facts({ state: 'RUNS' })).not.toHaveProperty('endedReason')
  })

  test.each<[object, string, Date]>([
    [{ path: 'call.t', format: 'epoch_s' }, '1772000000.25', new Date(1_772_000_000_250)],
    [{ path: 'call.t', format: 'epoch_ms' }, '1772000000000', new Date(1_772_000_000_000)],
    [{ path: 'call.t' }, '2026-02-25 06:13:20', new Date('2026-02-25T06:13:20Z')],
    [{ path: 'call.t' }, '2026-02-25T07:13:20+01:00', new Date('2026-02-25T06:13:20Z')],
    [{ path: 'call.t' }, '2026-02-25', new Date('2026-02-25T00:00:00Z')],
  ])('a time as %j of %s', (started_at, t, time) => {
    expect(facts({ t }, { started_at })?.startedAt).toEqual(time)
  })

  test.each<[object, unknown, object]>([
    [{ unit: 'major', currency: 'NGN' }, 12.345, { amountMinor: 1_235, currency: 'NGN' }],
    [{ unit: 'major', currency: 'UGX' }, '1250.5', { amountMinor: 1_251, currency: 'UGX' }],
    [{ unit: 'major', currency: 'TND' }, '1.2345', { amountMinor: 1_235, currency: 'TND' }],
    [{ unit: 'minor', currency: 'KES' }, 1_250, { amountMinor: 1_250, currency: 'KES' }],
    [{ unit: 'minor', currency: 'KES' }, '1250', { amountMinor: 1_250, currency: 'KES' }],
    [{ unit: 'major', currency_path: 'call.price.coin' }, 0, { amountMinor: 0, currency: 'NGN' }],
  ])('a cost as %j of %j', (cost, fee, read) => {
    expect(facts({ fee }, { cost: { path: 'call.fee', ...cost } })?.cost).toEqual(read)
  })

  test('a recording we would not fetch is left out and the call is kept', () => {
    for (const file of ['http://files.example.com/a.wav', 'file:///etc/passwd', 'x'])
      expect(facts({ file })).not.toHaveProperty('recordingUrl')
  })
})

describe('what its mapping does not describe is named', () => {
  test.each<[string, object]>([
    ['external_id', { ref: undefined }],
    ['external_id', { ref: 'a b' }],
    ['external_id', { ref: 'x'.repeat(201) }],
    ['external_id', { ref: {} }],
    ['started_at', { began: 'yesterday' }],
    ['started_at', { began: 5 }],
    ['started_at', { began: '1969-12-31T00:00:00Z' }],
    ['talk', { talk_seconds: -1 }],
    ['talk', { talk_seconds: '1e3' }],
    ['talk', { talk_seconds: 86_401 }],
    ['languages', { tongues: ['a language of ours'] }],
    ['cost', { price: { sum: 'a lot', coin: 'NGN' } }],
    ['cost', { price: { sum: -1, coin: 'NGN' } }],
    ['cost', { price: { sum: 1, coin: 'naira' } }],
    ['status', { state: { word: 'DONE' } }],
    ['summary', { note: ['x'] }],
    ['transcript', { said: 'Hello' }],
    ['transcript', { said: [{ who: 'customer', text: 5.5 }] }],
    ['transcript', { said: [{ who: 'customer', text: 'x', at: 'late' }] }],
    ['caller', { way: 'IN', leg: { from: {}, to: 'x' } }],
  ])('%s', (field, more) => {
    const named = Object.keys(fieldsOf(event(more)))
    expect(named).toEqual([field === 'caller' ? 'from' : field])
  })

  test('whatever stands in their place, a list, a text or nothing at all', () => {
    for (const body of [null, undefined, [], 'x', 7, {}]) expect(fieldsOf(body)).toEqual({ external_id: 'is needed' })
  })

  test('and never repeats what was sent', () => {
    const fields = fieldsOf(event({ ref: '0803 1234567', began: '08031234567', note: { phone: '08031234567' } }))
    expect(Object.keys(fields)).toHaveLength(3)
    expect(JSON.stringify(fields)).not.toContain('0803')
  })

  test('without settings that could be saved nothing is read', () => {
    for (const bad of [{}, { mapping: {} }, { mapping: { external_id: '__proto__' } }])
      expect(fieldsOf(sample, bad)).toHaveProperty('settings')
  })
})

describe('how it proves itself', () => {
  const body = JSON.stringify(sample)
  const now = new Date(1_772_000_000_000)
  const check = (signature: object | undefined, headers: Record<string, string>, secret = 'key') =>
    generic.verify({
      rawBody: Buffer.from(body),
      headers: new Headers(headers),
      secret,
      settings: { mapping, ...(signature ? { signature } : {}) },
      now,
      url: 'https://h',
    })
  const rule = { header: 'x-webhook-signature', algorithm: 'sha256', encoding: 'hex', payload: '{body}' } as const
  const refused = (reason: string) => ({ ok: false, reason })

  test('with a signature over the bare body, unless it says otherwise', () => {
    const headers = signByRule(body, 'key', now, rule)
    expect(check(undefined, headers)).toEqual({ ok: true })
    expect(check(undefined, headers, 'other')).toEqual(refused('mismatch'))
    expect(check(undefined, {})).toEqual(refused('missing'))
  })

  test('in base64, with its time, in a header and behind a word of its own', () => {
    const signature = {
      mode: 'hmac',
      header: 'x-sig',
      encoding: 'base64',
      prefix: 'v1=',
      payload: '{timestamp}.{body}',
    }
    const made = { ...rule, header: 'x-sig', encoding: 'base64', prefix: 'v1=', payload: '{timestamp}.{body}' } as const
    expect(check(signature, signByRule(body, 'key', now, made))).toEqual({ ok: true })
    const late = new Date(now.getTime() - 6 * 60_000)
    expect(check(signature, signByRule(body, 'key', late, made))).toEqual(refused('stale'))
    expect(check(signature, { ...signByRule(body, 'key', now, made), 'x-timestamp': '' })).toEqual(refused('missing'))
  })

  test('with a secret that comes along', () => {
    const signature = { mode: 'secret', header: 'x-key' }
    expect(check(signature, { 'x-key': 'key' })).toEqual({ ok: true })
    expect(check(signature, { 'x-key': 'kex' })).toEqual(refused('mismatch'))
    expect(check(signature, { 'x-key': '' })).toEqual(refused('missing'))
    expect(check(signature, signByRule(body, 'key', now, rule))).toEqual(refused('missing'))
    expect(check(signature, { 'x-key': '' }, '')).toEqual(refused('missing'))
  })

  test('and is believed no further than that', () => {
    expect(generic.authenticity(settings)).toBe('signed')
    expect(generic.authenticity({ ...settings, signature: { mode: 'secret' } })).toBe('shared_secret')
    expect(generic.countriesFor?.(settings)).toEqual(['NG'])
  })
})

test.each<[string, object]>([
  ['mapping', {}],
  ['mapping.external_id', { mapping: { external_id: 'a..b' } }],
  ['mapping.external_id', { mapping: { external_id: 'constructor' } }],
  ['mapping.direction', { mapping: { external_id: 'id', from: 'a' } }],
  ['mapping.caller', { mapping: { external_id: 'id', direction: 'inbound', from: 'a', caller: 'b' } }],
  ['mapping.status.values.DONE', { mapping: { external_id: 'id', status: { path: 's', values: { DONE: 'over' } } } }],
  ['mapping.cost.currency', { mapping: { external_id: 'id', cost: { path: 'c' } } }],
  ['mapping.metadata.a', { mapping: { external_id: 'id', metadata: { a: 'b.__proto__' } } }],
  ['mapping.script', { mapping: { external_id: 'id', script: 'return 1' } }],
  ['countries.0', { mapping: { external_id: 'id' }, countries: ['Nigeria'] }],
  ['signature.payload', { mapping: { external_id: 'id' }, signature: { mode: 'hmac', payload: '{timestamp}' } }],
  ['signature.algorithm', { mapping: { external_id: 'id' }, signature: { mode: 'hmac', algorithm: 'sha1' } }],
])('a wrong %s cannot be saved', (field, given) => {
  expect(() => settingsFor('generic', { ...given })).toThrow(
    expect.objectContaining({
      fields: expect.objectContaining({ [`settings.${field}`]: expect.any(String) as unknown }) as unknown,
    }),
  )
})

test('a hook’s word finds its adapter', () => {
  expect(adapterOf('generic')).toBe(generic)
})
