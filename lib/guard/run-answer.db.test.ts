import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'

import { apiKey } from '#drizzle/schema/api-key'
import { person } from '#drizzle/schema/person'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall } from '#lib/features/calls/index'

import { AppError } from '../kernel/app-error.ts'
import { newId } from '../kernel/ids.ts'
import { DatabaseError } from '../platform/db/database-error.ts'
import { superuserSql } from '../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { toldCall } from '../testing/told-call.ts'
import { VaultError } from '../vault/vault-error.ts'
import { perActor } from './limits.ts'
import { testCommand } from './run.test-support.ts'
import { type Command, command, query, recorded } from './use-case.ts'

const sql = superuserSql()
const digits = '08035550142'
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

const limit = perActor(1_000, 'minute')

async function refusalOf(act: Promise<unknown>): Promise<AppError> {
  const error = await act.then(
    () => null,
    (failure: unknown) => failure,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused with an AppError')
  return error
}

const call = toldCall()

describe('bad input', () => {
  const planted: [what: string, change: Record<string, unknown>, fields: Record<string, unknown>][] = [
    ['a value of the wrong kind', { agent: Number(digits) }, { agent: 'must be a string' }],
    ['a value that is missing', { agent: undefined }, { agent: 'is needed' }],
    ['a value that is null', { agent: null }, { agent: 'must be a string' }],
    ['a value too long', { agent: digits.repeat(40) }, { agent: 'must be at most 200 characters' }],
    [
      'a value that is none of those possible',
      { status: digits },
      { status: expect.stringMatching(/^must be one of queued, /) },
    ],
    ['a time that is none', { started_at: digits }, { started_at: 'must be a time such as 2026-11-24T09:30:00Z' }],
    [
      'a language tag that is none',
      { languages: ['en', digits] },
      { 'languages.1': 'must be a language tag such as en or pcm' },
    ],
    ['a currency that is none', { cost: { amount_minor: 1, currency: digits } }, { 'cost.currency': 'is not usable' }],
    ['a list where an object belongs', { cost: [digits] }, { cost: 'must be an object' }],
    [
      'a nested field',
      { transcript: [{ role: 'caller', text: digits, at_ms: digits }] },
      { 'transcript.0.at_ms': 'must be a number' },
    ],
    ['a field that is not one', { customer_phone: digits }, { customer_phone: 'is not a field here' }],
    ['a field named as a number', { [digits]: true }, { '[number removed]': 'is not a field here' }],
    [
      'a number where a long name is cut',
      { [`${'x'.repeat(114)} ${digits}`]: 1 },
      { [`${'x'.repeat(114)} [numb`]: 'is not a field here' },
    ],
    [
      'a number spread over a path',
      { metadata: { [digits]: { deep: 1 } } },
      { 'metadata.[number removed]': 'is not usable' },
    ],
    ['a field named as one every object has', { constructor: digits }, { constructor: 'is not a field here' }],
    [
      'the same, for methods',
      { toString: digits, hasOwnProperty: 1 },
      { toString: 'is not a field here', hasOwnProperty: 'is not a field here' },
    ],
  ]
  test.each(planted)('%s is named, and what was in it never told', async (_, change, fields) => {
    const error = await refusalOf(runAs(ingestCall, org.keyActor, { ...call, ...change }))
    expect(error).toMatchObject({ code: 'invalid_input', status: 400, message: 'Some fields need another look.' })
    expect({ ...error.fields }).toEqual(fields)
    expect(JSON.stringify([error, error.message, error.stack, error.fields])).not.toMatch(/0803|5550142|8035550/)
  })

  test.each([[null], ['text'], [42], [[call]], [undefined]])('%j as the whole body is named so', async (body) => {
    const error = await refusalOf(runAs(ingestCall, org.keyActor, body))
    expect(Object.keys(error.fields ?? {})).toEqual(['body'])
  })

  test('a thousand wrong fields do not make a thousand lines', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field_${n}`, n]))
    const error = await refusalOf(runAs(ingestCall, org.keyActor, { ...call, ...many }))
    expect(Object.keys(error.fields ?? {}).length).toBeLessThanOrEqual(50)
  })

  test('nothing was stored by any of it', async () => {
    expect(await sql`select 1 from call where org = ${org.id}`).toEqual([])
  })
})

describe('the answer', () => {
  const generous = { promised: 'yes', secret: digits, nested: { promised: 1, secret: digits } }
  const output = z.object({ promised: z.string(), nested: z.object({ promised: z.number() }) })

  test('of a query holds what its schema promises and nothing else', async () => {
    const useCase = query({
      name: 'test.look',
      allow: 'calls.view',
      limit,
      audit: 'none',
      input: z.unknown(),
      output,
      read: () => [],
      answer: () => generous,
    })
    expect(await runAs(useCase, org.owner.actor, {})).toEqual({ promised: 'yes', nested: { promised: 1 } })
  })

  test('of a command the same', async () => {
    const useCase = testCommand(() => Promise.resolve(recorded(generous, { target: null })), { output })
    expect(await runAs(useCase, org.owner.actor, {})).toEqual({ promised: 'yes', nested: { promised: 1 } })
  })

  test('that is not as promised fails, and takes the change with it', async () => {
    const id = newId()
    const useCase = command({
      name: 'test.break-promise',
      allow: 'calls.view',
      limit,
      audit: 'test.acted',
      input: z.unknown(),
      output: z.object({ count: z.number() }),
      async run({ tx, organisation }) {
        await tx.insert(apiKey).values({
          org: organisation,
          id,
          name: 'x',
          environment: 'live',
          keyHash: Buffer.alloc(32, 7),
          last4: 'abcd',
          scopes: [],
        })
        return recorded({ count: Number.NaN }, { target: id, events: [{ type: 'test.acted', payload: { id } }] })
      },
    })
    expect((await refusalOf(runAs(useCase, org.owner.actor, {}))).code).toBe('internal')
    expect(await sql`select 1 from api_key where id = ${id}`).toEqual([])
    expect(await sql`select 1 from outbox_event where payload ->> 'id' = ${id}`).toEqual([])
    expect(await sql`select 1 from audit_entry where target = ${id}`).toEqual([])
  })
})

describe('a failure nobody meant', () => {
  let said: string[]
  beforeEach(() => {
    said = []
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
      said.push(String(line))
      return true
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const failing = (run: Command<z.ZodUnknown, z.ZodUnknown>['run']) =>
    command({
      name: 'test.fail',
      allow: 'calls.view',
      limit,
      audit: 'test.failed',
      input: z.unknown(),
      output: z.unknown(),
      run,
    })

  const email = `${digits}@example.test`
  const unmeant: [what: string, code: string, run: Command<z.ZodUnknown, z.ZodUnknown>['run']][] = [
    ['an error whose message holds digits', 'internal', () => Promise.reject(new Error(`cannot call ${digits}`))],
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what a careless library may do
    ['an error that is no Error', 'internal', () => Promise.reject(digits)],
    [
      'a unique violation',
      'internal',
      async ({ tx }) => {
        await tx.insert(person).values({ id: newId(), email, name: digits })
        await tx.insert(person).values({ id: newId(), email, name: digits })
        return recorded({}, { target: null })
      },
    ],
    [
      'a change without its trail',
      'internal',
      async ({ tx, organisation: org }) => {
        await tx.insert(apiKey).values({
          org,
          id: newId(),
          name: digits,
          environment: 'live',
          keyHash: Buffer.alloc(32, 9),
          last4: 'abcd',
          scopes: [digits],
        })
        return recorded({}, { target: newId() })
      },
    ],
    ['a database that is gone', 'unavailable', () => Promise.reject(new DatabaseError('57P01'))],
  ]
  test.each(unmeant)('%s is told as no more than “%s”, and logged without a value', async (_, code, run) => {
    const error = await refusalOf(runAs(failing(run), org.owner.actor, { phone: digits }))
    expect(error.code).toBe(code)
    expect(JSON.stringify([error, error.message, error.fields, error.why])).not.toContain(digits)
    const line = said.find((one) => one.includes('unexpected failure'))
    expect(line).toContain('"request_id"')
    expect(said.join('')).not.toContain(digits)
  })

  test('a vault that is out or revoked is told as such', async () => {
    const withKind = (kind: 'outage' | 'revoked') =>
      refusalOf(
        runAs(
          failing(() => Promise.reject(new VaultError(kind, 'no'))),
          org.owner.actor,
          {},
        ),
      )
    expect(await withKind('outage')).toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 })
    expect(await withKind('revoked')).toMatchObject({ code: 'key_disabled' })
  })

  test('an AppError is told as it was meant, and not logged', async () => {
    const meant = new AppError('conflict', 'This is taken.')
    expect(
      await refusalOf(
        runAs(
          failing(() => Promise.reject(meant)),
          org.owner.actor,
          {},
        ),
      ),
    ).toBe(meant)
    expect(said).toEqual([])
  })

  test('a good request says nothing at all', async () => {
    await runAs(createKey, org.owner.actor, { name: 'A key', environment: 'live', scopes: ['calls.view'] })
    expect(said).toEqual([])
  })
})
