import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall, listCalls } from '#lib/features/calls/index'
import { findMembership } from '#lib/features/identity/index'
import { createOrganisation } from '#lib/features/organisations/index'
import { listMembers } from '#lib/features/team/index'

import { type Actor, platformOrganisation } from '../kernel/actor.ts'
import { AppError, type ErrorCode } from '../kernel/app-error.ts'
import { newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { testKey, testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { plant } from '../testing/plant.ts'
import { toldCall } from '../testing/told-call.ts'
import { mintNobody, mintPerson } from './actors.ts'
import { perActor, perAddress } from './limits.ts'
import { newKey } from './run.test-support.ts'
import { run } from './run.ts'
import { query, type UseCase } from './use-case.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

interface Attempt {
  requestId: string
  code: ErrorCode | 'allowed'
  error: AppError | null
}

async function attempt(useCase: UseCase, actor: Actor, input: unknown, address = '127.0.0.1'): Promise<Attempt> {
  const requestId = newId<'request'>()
  try {
    await run(useCase, actor, input, { requestId, address, userAgent: 'test' })
    return { requestId, code: 'allowed', error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { requestId, code: error.code, error }
  }
}

/** What the log says of one request. */
async function entriesOf(
  requestId: string,
): Promise<{ org: string; action: string; result: string; target: string | null; facts: unknown }[]> {
  const rows = await sql<{ org: string; action: string; result: string; target: string | null; body: Buffer }[]>`
    select org, action, result, target, body from audit_entry where request_id = ${requestId}`
  return rows.map(({ body, ...row }) => {
    const { facts } = JSON.parse(body.toString()) as { facts: unknown }
    return { ...row, facts }
  })
}

/** Everything a use case could have left behind in the organisation, the log apart. */
async function traces(): Promise<unknown> {
  const [row] = await sql`
    select (select count(*)::int from api_key where org = ${org.id}) as keys, (select count(*)::int from call where org = ${org.id}) as calls,
      (select count(*)::int from call_event where org = ${org.id}) as events, (select count(*)::int from tenant_key where org = ${org.id}) as tenant_keys,
      (select count(*)::int from outbox_event where org = ${org.id}) as outbox, (select count(*)::int from organisation where name = 'Planted') as planted`
  return row
}

const inputs = {
  call: toldCall,
  key: newKey,
  organisation: () => ({ name: 'Planted', country: 'NG', time_zone: 'UTC', keys: [] }),
}
type Who = 'owner' | 'admin' | 'agent' | 'key' | 'nobody'
const actorOf = (who: Who): Actor => (who === 'nobody' ? mintNobody() : who === 'key' ? org.keyActor : org[who].actor)

/** Owner, admin, agent, API key (calls.ingest, calls.view), nobody. `✓` may, `✗` is forbidden, `?` has to sign in. */
const table: [useCase: UseCase, input: () => unknown, answers: string][] = [
  [listCalls, () => ({}), '✓✓✓✓?'],
  [ingestCall, inputs.call, '✗✗✗✓?'],
  [createKey, inputs.key, '✓✓✗✗?'],
  [listMembers, () => ({}), '✓✓✗✗?'],
  [createOrganisation, inputs.organisation, '✗✗✗✗?'],
]
const meaning: Record<string, Attempt['code']> = { '✓': 'allowed', '✗': 'forbidden', '?': 'auth_required' }
const cases = table.flatMap(([useCase, input, answers]) =>
  (['owner', 'admin', 'agent', 'key', 'nobody'] as const).map(
    (who, at) => [useCase.name, who, meaning[answers[at] ?? ''] ?? 'internal', useCase, input] as const,
  ),
)

describe('who may', () => {
  const allowed = cases.filter(([, , code]) => code === 'allowed')
  test.each(allowed)('%s as %s is %s', async (_, who, code, useCase, input) => {
    const tried = await attempt(useCase, actorOf(who), input())
    expect(tried.code).toBe(code)
    expect((await entriesOf(tried.requestId)).filter((entry) => entry.result === 'refused')).toEqual([])
  })

  const refused = cases.filter(([, , code]) => code !== 'allowed')
  test.each(refused)('%s as %s is %s, is remembered, and changes nothing', async (name, who, code, useCase, input) => {
    const before = await traces()
    const tried = await attempt(useCase, actorOf(who), input())
    expect(tried.code).toBe(code)
    expect(await entriesOf(tried.requestId)).toEqual([
      {
        org: who === 'nobody' ? platformOrganisation : org.id,
        action: 'access.refused',
        result: 'refused',
        target: null,
        facts: { use_case: name, code },
      },
    ])
    expect(await traces()).toEqual(before)
  })

  test('the table has a yes and a no for every use case but the platform’s own', () => {
    expect([allowed.length, refused.length]).toEqual([9, 16])
  })

  test('a refusal comes before anything is said about the input', async () => {
    expect((await attempt(createKey, org.agent.actor, { nonsense: true })).code).toBe('forbidden')
    expect((await attempt(createKey, mintNobody(), { nonsense: true })).error?.fields).toBeUndefined()
  })

  test('a refused entry never counts as the trail of a change', async () => {
    const { requestId } = await attempt(createKey, org.agent.actor, inputs.key())
    expect(
      await sql`select 1 from audit_entry where request_id = ${requestId} and (result = 'done' or target is not null)`,
    ).toEqual([])
  })

  test('a key has its scopes and nothing else', async () => {
    const { actor } = await testKey(org.id, { scopes: ['calls.ingest'] })
    expect((await attempt(listCalls, actor, {})).code).toBe('forbidden')
    expect((await attempt(ingestCall, actor, inputs.call())).code).toBe('allowed')
  })
})

describe('a suspension stops everybody', () => {
  let other: TestOrganisation
  const asNow = async (): Promise<Actor> => {
    const { actor } = other.owner
    const found = await findMembership(actor.id, other.slug)
    return mintPerson({ ...actor, organisation: found?.organisation ?? null, membership: found?.membership ?? null })
  }
  beforeAll(async () => {
    other = await testOrganisation()
  })

  test('an owner whose membership is suspended', async () => {
    await plant(
      sql,
      other.id,
      other.owner.memberId,
      (tx) => tx`update member set suspended_at = now() where id = ${other.owner.memberId}`,
    )
    expect((await attempt(listCalls, await asNow(), {})).code).toBe('forbidden')
    await plant(
      sql,
      other.id,
      other.owner.memberId,
      (tx) => tx`update member set suspended_at = null where id = ${other.owner.memberId}`,
    )
    expect((await attempt(listCalls, await asNow(), {})).code).toBe('allowed')
  })

  test('the owner and the keys of a suspended organisation', async () => {
    await plant(
      sql,
      other.id,
      other.id,
      (tx) => tx`update organisation set suspended_at = now() where id = ${other.id}`,
    )
    expect((await attempt(listCalls, await asNow(), {})).code).toBe('forbidden')
    const organisation = { ...other.keyActor.organisation, isSuspended: true }
    for (const useCase of [listCalls, ingestCall]) {
      const suspended: Actor = Object.assign({ ...other.keyActor }, { organisation })
      expect((await attempt(useCase, suspended, inputs.call())).code).toBe('forbidden')
    }
  })
})

describe('how often', () => {
  const look = (name: `test.${string}`, limit: UseCase['limit']) =>
    query({
      name,
      allow: 'anyone',
      limit,
      audit: 'none',
      input: z.strictObject({ fail: z.boolean().optional() }),
      output: z.object({}),
      read: () => [],
      answer: ({ input }) => {
        if (input.fail) throw new AppError('not_found', 'There is nothing here.')
        return {}
      },
    })

  test('a limit says how long to wait, leaves an entry, and binds that actor alone', async () => {
    const useCase = look('test.twice', perActor(2, 'minute'))
    const codes = [await attempt(useCase, org.owner.actor, {}), await attempt(useCase, org.owner.actor, {})].map(
      (one) => one.code,
    )
    expect(codes).toEqual(['allowed', 'allowed'])
    const third = await attempt(useCase, org.owner.actor, {})
    expect(third.code).toBe('rate_limited')
    expect(third.error?.retryAfterSeconds).toBeGreaterThanOrEqual(1)
    expect(third.error?.retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(await entriesOf(third.requestId)).toMatchObject([
      { action: 'access.refused', facts: { use_case: 'test.twice', code: 'rate_limited' } },
    ])
    expect((await attempt(useCase, org.admin.actor, {})).code).toBe('allowed')
  })

  test('strangers are counted by address, an IPv6 household as one', async () => {
    const useCase = look('test.by-address', perActor(1, 'minute'))
    expect((await attempt(useCase, mintNobody(), {}, '2001:db8:7:7::1')).code).toBe('allowed')
    expect((await attempt(useCase, mintNobody(), {}, '2001:db8:7:7::2')).code).toBe('rate_limited')
    expect((await attempt(useCase, mintNobody(), {}, '2001:db8:7:8::1')).code).toBe('allowed')
  })

  test('where a success gives its place back, only failures use places up', async () => {
    const useCase = look('test.refunds', perAddress(2, 60, true))
    for (let time = 0; time < 5; time += 1)
      expect((await attempt(useCase, mintNobody(), {}, '192.0.2.30')).code).toBe('allowed')
    for (let time = 0; time < 2; time += 1)
      expect((await attempt(useCase, mintNobody(), { fail: true }, '192.0.2.30')).code).toBe('not_found')
    expect((await attempt(useCase, mintNobody(), {}, '192.0.2.30')).code).toBe('rate_limited')
  })

  test('refusals are limited too: a flood of a hundred leaves no more than twenty entries a minute', async () => {
    const { agent, id } = await testOrganisation()
    const codes = await Promise.all(Array.from({ length: 100 }, () => attempt(createKey, agent.actor, {})))
    expect(new Set(codes.map((one) => one.code))).toEqual(new Set(['forbidden', 'rate_limited']))
    const [row] = await sql<
      { count: number }[]
    >`select count(*)::int as count from audit_entry where org = ${id} and action = 'access.refused'`
    expect(row?.count).toBe(20)
  })

  test('everyday failures leave no entry', async () => {
    const { requestId } = await attempt(look('test.everyday', perActor(5, 'minute')), org.owner.actor, { fail: true })
    const badInput = await attempt(createKey, org.owner.actor, {})
    expect(badInput.code).toBe('invalid_input')
    expect([...(await entriesOf(requestId)), ...(await entriesOf(badInput.requestId))]).toEqual([])
  })
})
