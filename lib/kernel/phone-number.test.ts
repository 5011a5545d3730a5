import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { naughtyStrings } from '../testing/vectors.ts'
import { callingCodeOf, internationalNumber, normalise } from './phone-number.ts'

const ada = { kind: 'number', e164: '+2348031234567', country: 'NG', callingCode: '234', last3: '567' }

describe('one caller is one number however it is written', () => {
  test.each([
    '+2348031234567',
    '+234 803 123 4567',
    '+234 (0)803 123 4567',
    '0803 123 4567',
    '0803-123-4567',
    '(0803) 123.4567',
    '00234 803 123 4567',
    '002348031234567',
    '2348031234567',
    '234 803 123 4567',
    'tel:+234-803-123-4567',
    'TEL:+2348031234567;ext=5',
    'tel:0803-123-4567;phone-context=+234',
    '０８０３１２３４５６７',
    '＋２３４８０３１２３４５６７',
    '٠٨٠٣١٢٣٤٥٦٧',
    '۰۸۰۳۱۲۳۴۵۶۷',
    '०८०३ १२३ ४५६७',
    '+234\u00a0803\u00a0123\u00a04567',
    '+234\u200b8031234567',
    '\u202a+2348031234567\u202c',
    ' +2348031234567\n',
    'sip:+2348031234567@carrier.example',
    'sips:+2348031234567@carrier.example;user=phone',
    '"Ada" <sip:+2348031234567@10.0.0.1:5060>',
    'sip:08031234567@carrier.example',
    'sip:%2B2348031234567@carrier.example',
    '<tel:+2348031234567>',
  ])('%j', (raw) => {
    expect(normalise(raw, 'NG')).toEqual(ada)
  })

  test.each([
    ['+254712345678', 'KE'],
    ['254712345678', 'KE'],
    ['00254712345678', 'KE'],
    ['+233245550134', 'GH'],
    ['+27821234567', 'ZA'],
    ['+2250707070707', 'CI'],
    ['+12125550123', 'US'],
    ['+12425550100', 'BS'],
    ['+16135550123', 'CA'],
    ['+447400123456', 'GB'],
    ['+201001234567', 'EG'],
    ['+2342015550100', 'NG'],
  ])('%s is from %s though the organisation is in Nigeria', (raw, country) => {
    expect(normalise(raw, 'NG')).toMatchObject({ kind: 'number', country })
  })

  test('the organisation’s country explains national forms, and no country explains none', () => {
    expect(normalise('0712 345 678', 'KE')).toMatchObject({ e164: '+254712345678', country: 'KE' })
    expect(normalise('0712 345 678', null)).toMatchObject({ kind: 'number', country: null, last3: '678' })
    expect(normalise('+2348031234567', 'not a country')).toEqual(ada)
  })

  test('any spacing and any script give the same number', () => {
    const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xff10]
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]{7}$/),
        fc.constantFrom(...zeros),
        fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u200b'),
        (rest, zero, gap) => {
          const written = Array.from(`0803${rest}`, (digit) => String.fromCodePoint(zero + Number(digit))).join(gap)
          expect(normalise(written, 'NG')).toMatchObject({ e164: `+234803${rest}`, country: 'NG' })
        },
      ),
    )
  })
})

describe('callers without a number', () => {
  test.each([
    '',
    ' ',
    'anonymous',
    'Anonymous',
    'private',
    'PRIVATE NUMBER',
    'restricted',
    'unknown',
    'unavailable',
    'withheld',
    'No Caller ID',
    'no-caller-id',
    'N/A',
    'null',
    '+266696687',
    '266696687',
    '+7378742833',
    '+8656696',
    '+86282452253',
    '+2562533',
    '0',
    '0000000000',
    'sip:anonymous@anonymous.invalid',
    '"Anonymous" <sip:anonymous@carrier.example>',
    'sip:unknown@carrier.example',
    'Ada',
    '-',
  ])('%j is withheld', (raw) => {
    expect(normalise(raw, 'NG')).toEqual({ kind: 'withheld' })
  })

  test.each([
    ['112', '112'],
    ['*123#', '123'],
    ['55019', '55019'],
    ['١١٢', '112'],
    ['tel:767', '767'],
  ])('%s is a short code', (raw, code) => {
    expect(normalise(raw, 'NG')).toEqual({ kind: 'short_code', code, country: 'NG' })
  })

  test.each([
    ['sip:1001@pbx.example', '1001@pbx.example'],
    ['sip:reception@PBX.example;transport=tcp', 'reception@pbx.example'],
    ['ada.4417@pbx.example', 'ada.4417@pbx.example'],
    ['sip:u123456789012345678@pbx.example', 'u123456789012345678@pbx.example'],
    ['sip:%zz@pbx.example', '%zz@pbx.example'],
  ])('%s is a SIP address', (raw, address) => {
    expect(normalise(raw, 'NG')).toEqual({ kind: 'sip', address })
  })
})

describe('seven digits or more are a person’s number, known to a plan or not', () => {
  test.each(['999999999999999999', '0803 123 456', '12345678', '+99912345678', '5555555', 'ref 00 12 34 567 x'])(
    '%s',
    (raw) => {
      expect(normalise(raw, 'NG')).toMatchObject({ kind: 'number', last3: raw.replace(/\D/g, '').slice(-3) })
    },
  )

  test('no text of seven digits is ever anything but a number, withheld or SIP', () => {
    const between = fc.stringMatching(/^[+ ().\-/a-z:;@]{0,5}$/)
    const text = fc
      .tuple(fc.stringMatching(/^[0-9]{7,15}$/), fc.array(between, { minLength: 15, maxLength: 15 }))
      .map(([digits, gaps]) => Array.from(digits, (digit, at) => `${gaps[at] ?? ''}${digit}`).join(''))
    fc.assert(
      fc.property(text, (raw) => {
        const read = normalise(raw, 'NG')
        expect(read.kind === 'number' ? read.e164 : read.kind).toMatch(/^(\+\d{7,}|withheld|sip)$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('the same person over SIP and over the phone is one number', () => {
  expect(normalise('sip:+2348031234567@x.example', 'NG')).toEqual(normalise('0803 123 4567', 'NG'))
})

test('calling codes come from the country', () => {
  expect(['NG', 'KE', 'US', 'XX', null].map(callingCodeOf)).toEqual(['234', '254', '1', null, null])
})

describe('strings made to break things', () => {
  test('nothing hangs and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
        normalise(raw, 'NG')
      }),
      { numRuns: 1_000 },
    )
    const startedAt = performance.now()
    for (const raw of [
      '1'.repeat(1e6),
      `sip:${'a@'.repeat(1e5)}`,
      `sip:${'<'.repeat(1e5)}`,
      `tel:${';'.repeat(1e6)}`,
      '+'.repeat(1e6),
    ])
      normalise(raw, 'NG')
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  test('nor for the texts made to', () => {
    const list = naughtyStrings()
    for (const raw of list) expect(normalise(raw, 'NG')).toHaveProperty('kind')
  })
})

test.each([
  ['+2342017000100', '+234 201 700 0100'],
  ['+27215550100', '+27 21 555 0100'],
  ['+442079460123', '+44 20 7946 0123'],
])('our number %s is shown as %s', (stored, shown) => {
  expect(internationalNumber(stored)).toBe(shown)
})

test.each(['main line', '+999123', '0803 555 0142', '+1', '+2342017000100x', ''])(
  '%j is no number of any plan and is shown as it is',
  (stored) => {
    expect(internationalNumber(stored)).toBe(stored)
  },
)
