import { createHash, randomBytes } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { newId } from '../kernel/ids.ts'
import { appendText, appendValues, commitmentTo, type Entry, entryBody } from './append.ts'
import { type Canonical, canonicalJson } from './canonical-json.ts'

const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')

const entry: Entry = {
  organisation: newId<'organisation'>(),
  actorKind: 'person',
  actor: newId(),
  action: 'api-key.created',
  target: newId(),
  result: 'done',
  requestId: newId(),
  apiKeyId: null,
  facts: { environment: 'live', count: 3, isFirst: true, reason: null },
  details: [
    {
      id: newId(),
      name: 'address',
      commitment: commitmentTo(salt, 'address', '192.0.2.7'),
      sealed: Buffer.from('sealed address'),
    },
    {
      id: newId(),
      name: 'user_agent',
      commitment: commitmentTo(salt, 'user_agent', 'x'),
      sealed: Buffer.from('sealed agent'),
    },
  ],
}

describe('a commitment', () => {
  test('is SHA-256 over label, salt, name and value, each after its length, as written down for auditors', () => {
    const written = Buffer.concat(
      [Buffer.from('orinode/audit-detail/v1'), salt, Buffer.from('address'), Buffer.from('192.0.2.7')].flatMap(
        (part) => [Buffer.from(part.length.toString(16).padStart(8, '0'), 'hex'), part],
      ),
    )
    expect(commitmentTo(salt, 'address', '192.0.2.7')).toBe(createHash('sha256').update(written).digest('hex'))
  })

  test('never changes: this one was written down', () => {
    expect(commitmentTo(salt, 'address', '192.0.2.7')).toBe(
      '381a3a1f41e4b2816b1a05cc8031429f02cc1d9476530b6233340ba46e70a86d',
    )
  })

  test('differs wherever salt, name or value differ, also where they only meet elsewhere', () => {
    const text = fc.string({ maxLength: 6 })
    const one = fc.tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), text, text)
    fc.assert(
      fc.property(one, one, ([s1, n1, v1], [s2, n2, v2]) => {
        const isSame = Buffer.from(s1).equals(Buffer.from(s2)) && n1 === n2 && v1 === v2
        expect(commitmentTo(s1, n1, v1) === commitmentTo(s2, n2, v2)).toBe(isSame)
      }),
    )
    expect(commitmentTo(salt, 'ab', 'c')).not.toBe(commitmentTo(salt, 'a', 'bc'))
    expect(commitmentTo(salt, 'a', '')).not.toBe(commitmentTo(salt, '', 'a'))
  })

  test('hides a value from a small set: the same address under two salts has nothing in common', () => {
    expect(commitmentTo(randomBytes(16), 'address', '192.0.2.7')).not.toBe(
      commitmentTo(randomBytes(16), 'address', '192.0.2.7'),
    )
  })
})

describe('the body of an entry', () => {
  test('is canonical JSON of exactly these members', () => {
    const text = entryBody(entry).toString()
    const body = JSON.parse(text) as Record<string, Canonical>
    expect(canonicalJson(body)).toBe(text)
    const { nonce, ...rest } = body
    expect(nonce).toMatch(/^[0-9a-f]{32}$/)
    expect(rest).toEqual({
      schema_version: 1,
      organisation: entry.organisation,
      actor: { kind: 'person', id: entry.actor },
      action: 'api-key.created',
      target: entry.target,
      result: 'done',
      request_id: entry.requestId,
      api_key_id: null,
      facts: { environment: 'live', count: 3, isFirst: true, reason: null },
      details: Object.fromEntries(entry.details.map((detail) => [detail.name, detail.commitment])),
    })
  })

  test('has a nonce of its own each time, so that its hash cannot be guessed', () => {
    const bodies = Array.from({ length: 50 }, () => entryBody(entry).toString('hex'))
    expect(new Set(bodies).size).toBe(50)
  })

  test('holds no detail, sealed or not', () => {
    const text = entryBody(entry).toString()
    expect(text).not.toContain('192.0.2.7')
    expect(text).not.toContain(Buffer.from('sealed address').toString('hex'))
  })
})

describe('the statement', () => {
  test('lets the database give id, time and transaction', () => {
    const [, columns] = /insert into audit_entry \(([^)]+)\)/.exec(appendText) ?? []
    expect(columns?.split(', ')).toEqual([
      'org',
      'actor_kind',
      'actor',
      'action',
      'target',
      'result',
      'request_id',
      'api_key_id',
      'body',
    ])
  })

  test('has a value for each of its places, the body’s columns the same as the row’s', () => {
    const values = appendValues(entry)
    const places = new Set([...appendText.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])))
    expect([...places].toSorted((a, b) => a - b)).toEqual(values.map((_, index) => index + 1))
    expect(values.slice(0, 8)).toEqual([
      entry.organisation,
      'person',
      entry.actor,
      'api-key.created',
      entry.target,
      'done',
      entry.requestId,
      null,
    ])
  })

  test('is well formed without any detail', () => {
    expect(appendValues({ ...entry, details: [] }).slice(9)).toEqual(['{}', '{}', '{}'])
  })
})
