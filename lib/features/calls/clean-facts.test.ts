import { describe, expect, test } from 'vitest'

import { exactText } from '../../vault/length-prefix.ts'
import { cleanFacts } from './clean-facts.ts'
import type { CallFacts } from './shapes.ts'

const masked = { country: 'NG', masking: true }
const open = { country: 'NG', masking: false }
const caller = '+2348035550142'
/** What is enough to dial them from the same town. */
const tail = '5550142'

const spellings = {
  'as dialled': '08035550142',
  'in international form': '+2348035550142',
  'with spaces': '0803 555 0142',
  'with dashes, dots and brackets': '(0803)-555.0142',
  'digit by digit': '0 8 0 3 - 5 5 5 - 0 1 4 2',
  'over several lines': '0803\n555\n0142',
  'with invisible characters between': '0803\u200b555\u00ad0142',
  'with spaces that do not break': '0803\u00a0555\u20090142',
  'in full-width digits': '０８０３５５５０１４２',
  'in Arabic digits': '٠٨٠٣ ٥٥٥ ٠١٤٢',
  'in Devanagari digits': '०८०३५५५०१४२',
  'in circled digits': '⓪⑧⓪③⑤⑤⑤⓪①④②',
  'partly in circled digits': '0803555⓪①④②',
  'in words': 'zero eight zero three five five five zero one four two',
  'in words joined by dashes': 'zero-eight-zero-three-five-five-five-zero-one-four-two',
  'as people say it': 'Oh eight oh three, triple five, oh one four two',
  'half in words': 'zero 8 zero 3, five five five, 01 four 2',
}

const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** The digits somebody would write down who has this read to them. */
function heard(text: string): string {
  let plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('triple five', '555')
    .replaceAll(/\boh\b/g, '0')
  for (const [digit, word] of words.entries()) plain = plain.replaceAll(word, String(digit))
  return plain.replaceAll(/\p{Nd}/gu, (char) => String(valueOf(char))).replaceAll(/\D/g, '')
}

/** Arabic-Indic and Devanagari digits are laid out in tens; the rest NFKC has already made plain. */
function valueOf(char: string): number {
  const code = char.codePointAt(0) ?? 0
  return code >= 0x966 ? code - 0x966 : code >= 0x660 ? code - 0x660 : code - 0x30
}

/** Every text of the facts, names of fields of the client's own included; the caller is dealt with elsewhere. */
function textsOf({ caller: _caller, ...facts }: ReturnType<typeof cleanFacts>): string[] {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
    else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      for (const [name, one] of Object.entries(value)) {
        texts.push(name)
        walk(one)
      }
    }
  }
  walk(facts)
  return texts
}

const everywhere = (spelt: string): CallFacts => ({
  externalId: `crm:${spelt}`,
  carrierCallId: spelt,
  caller,
  number: '+2342017001234',
  agent: `Desk ${spelt}`,
  statusRaw: `ringing ${spelt}`,
  endedReasonRaw: `${spelt} hung up`,
  outcome: `call ${spelt} back`,
  summary: `Asked to be called on ${spelt} before noon.`,
  recordingUrl: `https://recordings.example/${encodeURIComponent(spelt.toWellFormed())}/a.wav`,
  consent: { state: 'given', type: `by ${spelt}` },
  cost: { amountMinor: 12, currency: 'USD', components: [{ name: `line to ${spelt}`, amountMinor: 12 }] },
  metadata: { phone: spelt, [`told ${spelt}`]: true, note: `call ${spelt}` },
  transcript: { stage: 1, turns: [{ role: 'caller', text: `My number is ${spelt}, thank you.`, atMs: 0 }] },
})

describe('while masking is on', () => {
  test('the search finds a number in every spelling we are about to hide', () => {
    for (const spelt of Object.values(spellings)) expect(heard(`crm:${spelt}`), spelt).toContain(tail)
  })

  test.each(Object.entries(spellings))(
    'a caller’s number %s is left in no text, name, label, address or metadata',
    (_, spelt) => {
      for (const text of textsOf(cleanFacts(everywhere(spelt), masked))) {
        expect(heard(text), text).not.toContain(tail)
        expect(heard(decodeURIComponent(text)), text).not.toContain(tail)
      }
    },
  )

  test.each(['0803 555 0142', 'tel:+2348035550142', 'sip:+2348035550142@pbx.example', '"Ada" <sip:08035550142@pbx>'])(
    'it is known by its digits however the carrier wrote it: %s',
    (written) => {
      const facts = cleanFacts({ ...everywhere('08035550142'), caller: written }, masked)
      expect(facts.caller).toMatchObject({ kind: 'number', e164: caller })
      for (const text of textsOf(facts)) expect(heard(text), text).not.toContain(tail)
    },
  )

  test('a number read out over several turns is taken out of each of them', () => {
    const turns = ['It is zero eight zero three', 'Yes', '555', 'okay', '0142, thank you'].map((text, at) => ({
      role: 'caller' as const,
      text,
      atMs: at,
    }))
    const clean = cleanFacts({ externalId: 'c', caller, transcript: { stage: 1, turns } }, masked).transcript
    expect(heard(clean?.turns.map(({ text }) => text).join(' ') ?? '')).not.toMatch(/0803|555|0142/)
    expect(clean?.turns.map(({ text }) => text)).toEqual(expect.arrayContaining(['Yes', 'okay']))
  })

  test('nor does an agent who says more than yes in between break it up', () => {
    const turns = [
      { role: 'caller' as const, text: 'It is 0803', atMs: 0 },
      { role: 'agent' as const, text: 'I have that, please go on', atMs: 1 },
      { role: 'caller' as const, text: '555', atMs: 2 },
      { role: 'agent' as const, text: 'Five five five, and then?', atMs: 3 },
      { role: 'caller' as const, text: '0142', atMs: 4 },
    ]
    const clean = cleanFacts({ externalId: 'c', caller, transcript: { stage: 1, turns } }, masked).transcript
    expect(clean?.turns.map(({ text }) => text).filter((text) => /\d/.test(text))).toEqual([])
    expect(clean?.turns[1]?.text).toBe('I have that, please go on')
  })

  test('nor does it help that caller and agent each say a part', () => {
    const turns = [
      { role: 'caller' as const, text: 'It is 0803 5', atMs: 0 },
      { role: 'agent' as const, text: '55 0142?', atMs: 1 },
    ]
    const clean = cleanFacts({ externalId: 'c', caller, transcript: { stage: 1, turns } }, masked).transcript
    expect(clean?.turns.map(({ text }) => text)).toEqual(['It is [number removed]', '[number removed]?'])
  })

  test('a number in metadata is no safer for being a number and no text', () => {
    expect(
      textsOf(cleanFacts({ externalId: 'c', caller, metadata: { phone: 2348035550142, floor: 3 } }, masked)),
    ).not.toContain('2348035550142')
  })

  test('an id in which letters stand between the caller’s digits goes as a whole', () => {
    expect(cleanFacts({ externalId: '0803x555x0142', caller }, masked).externalId).toBe('[number removed]')
  })

  test.each([
    'call_7f3a9c1e55d2',
    'CA0123456789abcdef0123456789abcdef',
    '3f0e2c6a-1234-4567-89ab-0123efa45678',
    'order-17324412345',
  ])('an outside id with digits of its own stays what it is: %s', (id) => {
    expect(cleanFacts({ externalId: id, carrierCallId: id, caller }, masked)).toMatchObject({
      externalId: id,
      carrierCallId: id,
    })
  })

  test.each(['call-2348035550142-7', '08035550142_a', 'leg/+2348035550142'])(
    'an outside id that holds a number goes when the event does not say who called: %s',
    (id) => {
      const clean = cleanFacts({ externalId: id, carrierCallId: id }, masked)
      for (const text of [clean.externalId, clean.carrierCallId ?? '']) expect(text).not.toContain(tail)
    },
  )

  test.each(['call_7f3a9c1e55d2', 'CA01234567890123456789012345678901', '3f0e2c6a-1234-4567-89ab-0123efa45678'])(
    'and one that holds none stays: %s',
    (id) => {
      expect(cleanFacts({ externalId: id, carrierCallId: id }, masked)).toMatchObject({
        externalId: id,
        carrierCallId: id,
      })
    },
  )

  test('an outside id that is a phone number goes even when the caller is withheld', () => {
    expect(cleanFacts({ externalId: '+234 803 555 0142', caller: 'anonymous' }, masked).externalId).toBe(
      '[number removed]',
    )
  })
})

describe('while masking is off', () => {
  test('what was said and written stays, and labels shown beside calls still lose their numbers', () => {
    const told = everywhere('0803 555 0142')
    const clean = cleanFacts(told, open)
    const { externalId, outcome, summary, recordingUrl, metadata, transcript } = told
    expect(clean).toMatchObject({ externalId, outcome, summary, recordingUrl, metadata, transcript })
    for (const label of [
      clean.agent,
      clean.statusRaw,
      clean.endedReasonRaw,
      clean.consent?.type,
      clean.cost?.components?.[0]?.name,
    ]) {
      expect(label).toContain('[number removed]')
    }
  })
})

describe('our own number', () => {
  const kept = (number: string, organisation = masked) =>
    cleanFacts({ externalId: 'c', caller, number }, organisation).number

  test('passes as a real number, in one spelling', () => {
    expect(kept('+2342017001234')).toBe('+2342017001234')
    expect(kept('0201 700 1234')).toBe('+2342017001234')
    expect(kept('+1 (212) 555-0123')).toBe('+12125550123')
  })

  test.each(['99999999999999999999', 'extension 77 / 1234567', 'line 9876 5432 1098 7654'])(
    'is no way round for other digits: %s',
    (written) => {
      for (const organisation of [masked, open]) expect(heard(kept(written, organisation) ?? '')).not.toMatch(/\d{7}/)
    },
  )

  test('is no way round for the caller’s own', () => {
    for (const organisation of [masked, open]) expect(kept('0803 555 0142', organisation)).toBe('[number removed]')
  })

  test('may be a short code', () => {
    expect(kept('30811')).toBe('30811')
  })
})

describe('text of any kind', () => {
  const rough = 'a\0b \ud800 c\u0301\u0327 \udc00'

  test.each([masked, open])(
    'leaves in the one form that can be sealed, with nothing Postgres refuses: %o',
    (organisation) => {
      const { metadata: _, ...clean } = cleanFacts(
        { ...everywhere(rough), number: rough, recordingUrl: `https://x.example/${rough}` },
        organisation,
      )
      for (const text of textsOf(clean)) {
        expect(() => exactText(text)).not.toThrow()
        expect(text).not.toContain('\0')
      }
    },
  )

  test('that is empty once it is clean is left out rather than stored as nothing', () => {
    expect(Object.keys(cleanFacts({ externalId: 'c', agent: '\0', outcome: '\0\0' }, masked)).toSorted()).toEqual([
      'caller',
      'externalId',
    ])
  })
})
