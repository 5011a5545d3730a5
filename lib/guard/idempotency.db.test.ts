import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall } from '#lib/features/calls/index'

import type { Actor } from '../kernel/actor.ts'
import { AppError } from '../kernel/app-error.ts'
import { newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { testKey, testOrganisation, type TestOrganisation, testVault } from '../testing/organisation.ts'
import { toldCall } from '../testing/told-call.ts'
import { sealed } from '../vault/columns.ts'
import { perActor } from './limits.ts'
import { run } from './run.ts'
import { command, recorded, type UseCase } from './use-case.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation({ plan: 'enterprise' })
})
afterAll(() => sql.end())

const ask = (useCase: UseCase, actor: Actor, input: unknown, idempotencyKey: string) =>
  run(useCase, actor, input, { requestId: newId<'request'>(), address: '127.0.0.1', userAgent: 'test', idempotencyKey })

const call = (external_id: string, more: Record<string, unknown> = {}) => toldCall({ external_id, ...more })
const key = (name: string) => ({ name, environment: 'live', scopes: ['calls.view'] })

async function count(rows: PromiseLike<readonly unknown[]>): Promise<number> {
  return (await rows).length
}

describe('the same Idempotency-Key', () => {
  test('with the same body gives the same answer and is one act with one entry', async () => {
    const first = await ask(createKey, org.owner.actor, key('replayed'), 'k-same')
    const again = await ask(createKey, org.owner.actor, key('replayed'), 'k-same')
    expect(first.isReplay).toBe(false)
    expect(again).toEqual({ value: first.value, isReplay: true })
    expect(await count(sql`select 1 from api_key where org = ${org.id} and name = 'replayed'`)).toBe(1)
    const { id } = createKey.output.parse(first.value)
    expect(await count(sql`select 1 from audit_entry where org = ${org.id} and target = ${id}`)).toBe(1)
    expect(await count(sql`select 1 from outbox_event where org = ${org.id} and payload ->> 'id' = ${id}`)).toBe(1)
  })

  test('does not mind the order in which a body was written', async () => {
    const body = call('in-any-order', { metadata: { a: 1, b: 2 } })
    const turned = Object.fromEntries(Object.entries({ ...body, metadata: { b: 2, a: 1 } }).toReversed())
    await ask(ingestCall, org.keyActor, body, 'k-order')
    expect((await ask(ingestCall, org.keyActor, turned, 'k-order')).isReplay).toBe(true)
  })

  const taking = (name: `test.${string}`) =>
    command({
      name,
      allow: 'calls.view',
      limit: perActor(60, 'minute'),
      audit: 'test.took',
      input: z.unknown(),
      output: z.unknown(),
      run: ({ input }) => Promise.resolve(recorded({ took: input }, { target: null })),
    })

  test('with another body is refused, and nothing is done', async () => {
    await ask(createKey, org.owner.actor, key('first'), 'k-mismatch')
    const other = ask(createKey, org.owner.actor, key('other'), 'k-mismatch')
    await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch', status: 422 })
    expect(await count(sql`select 1 from api_key where org = ${org.id} and name = 'other'`)).toBe(0)
    expect(await count(sql`select 1 from api_key where org = ${org.id} and name = 'first'`)).toBe(1)
  })

  test('with the same body for another use case is refused', async () => {
    await ask(taking('test.take-one'), org.owner.actor, { same: 'body' }, 'k-other-use')
    const other = ask(taking('test.take-other'), org.owner.actor, { same: 'body' }, 'k-other-use')
    await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch' })
    expect((await ask(taking('test.take-one'), org.owner.actor, { same: 'body' }, 'k-other-use')).isReplay).toBe(true)
  })

  test('five times at once is one act, and all five hear of it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask(createKey, org.admin.actor, key('five'), 'k-five')),
    )
    expect(answers.filter((answer) => !answer.isReplay)).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer.value))).size).toBe(1)
    expect(await count(sql`select 1 from api_key where org = ${org.id} and name = 'five'`)).toBe(1)

    const told = await Promise.all(
      Array.from({ length: 5 }, () => ask(ingestCall, org.keyActor, call('told-five-times'), 'k-five')),
    )
    expect(told.filter((answer) => !answer.isReplay)).toHaveLength(1)
    expect(new Set(told.map((answer) => JSON.stringify(answer.value))).size).toBe(1)
  })

  test('of somebody else is their own', async () => {
    const mine = await ask(createKey, org.owner.actor, key('mine'), 'k-shared')
    const theirs = await ask(createKey, org.admin.actor, key('theirs'), 'k-shared')
    expect(theirs.isReplay).toBe(false)
    expect(theirs.value).not.toEqual(mine.value)
    const otherOrg = await testOrganisation()
    expect((await ask(createKey, otherOrg.owner.actor, key('mine'), 'k-shared')).isReplay).toBe(false)
    const { actor } = await testKey(org.id)
    await ask(ingestCall, org.keyActor, call('one-key'), 'k-shared')
    expect((await ask(ingestCall, actor, call('one-key'), 'k-shared')).isReplay).toBe(false)
  })

  test('is good for a day, then forgotten', async () => {
    await ask(createKey, org.owner.actor, key('expiring'), 'k-expiring')
    const mine = sql`select expires_at - created_at as lifetime from idempotency_answer where org = ${org.id} and use_case = 'api-keys.create'`
    for (const { lifetime } of await mine) expect(lifetime).toMatch(/^(24:00:00|1 day|23:59:59)/)
    await sql`update idempotency_answer set expires_at = now() - interval '1 second' where org = ${org.id}`
    const later = await ask(createKey, org.owner.actor, key('another body by now'), 'k-expiring')
    expect(later.isReplay).toBe(false)
    expect((await ask(createKey, org.owner.actor, key('another body by now'), 'k-expiring')).isReplay).toBe(true)
  })

  test('of an act that failed was not used up', async () => {
    let times = 0
    const useCase = command({
      name: 'test.second-time-lucky',
      allow: 'calls.view',
      limit: perActor(60, 'minute'),
      audit: 'test.done',
      input: z.unknown(),
      output: z.object({ times: z.number() }),
      run() {
        times += 1
        if (times === 1) return Promise.reject(new AppError('conflict', 'Not now.'))
        return Promise.resolve(recorded({ times }, { target: null }))
      },
    })
    await expect(ask(useCase, org.owner.actor, {}, 'k-lucky')).rejects.toMatchObject({ code: 'conflict' })
    expect(await ask(useCase, org.owner.actor, {}, 'k-lucky')).toEqual({ value: { times: 2 }, isReplay: false })
    expect(await ask(useCase, org.owner.actor, {}, 'k-lucky')).toEqual({ value: { times: 2 }, isReplay: true })
  })

  test('gives nothing to somebody who may no longer', async () => {
    const { actor } = org.admin
    const first = await ask(createKey, actor, key('demoted'), 'k-demoted')
    expect(first.isReplay).toBe(false)
    const { membership } = actor
    if (!membership) throw new Error('an admin without a membership')
    const demoted: Actor = Object.assign({ ...actor }, { membership: { ...membership, role: 'agent' } })
    await expect(ask(createKey, demoted, key('demoted'), 'k-demoted')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a kept answer', () => {
  test('is sealed, and neither it nor the request can be read from its row', async () => {
    const { value } = await ask(createKey, org.owner.actor, key('Key of Ngozi Eze'), 'k-sealed-visible')
    const { id, key: secret } = createKey.output.parse(value)
    const rows = await sql<{ id: string; answer_sealed: Buffer; row: string }[]>`
      select id, answer_sealed, i::text as row from idempotency_answer i where org = ${org.id} and actor = ${org.owner.actor.id}`
    for (const planted of [secret, id, 'Ngozi Eze', 'k-sealed-visible']) {
      for (const { row } of rows) {
        expect(row).not.toContain(planted)
        expect(row).not.toContain(Buffer.from(planted).toString('hex'))
      }
    }
    const vault = await testVault(org.id)
    const opened = rows.map((row) => vault.open(sealed.idempotencyAnswer.body, row.id, row.answer_sealed))
    expect(opened.filter((answer) => answer.includes(secret))).toHaveLength(1)
  })

  test('has a fingerprint under the organisation’s key: the same request elsewhere has another', async () => {
    const other = await testOrganisation()
    const fingerprints = async ({ id, owner }: TestOrganisation): Promise<string | undefined> => {
      await ask(createKey, owner.actor, key('fingerprinted'), 'k-fingerprint')
      const [row] = await sql<
        { fingerprint: Buffer }[]
      >`select fingerprint from idempotency_answer where org = ${id} order by created_at desc limit 1`
      return row?.fingerprint.toString('hex')
    }
    expect(await fingerprints(org)).not.toBe(await fingerprints(other))
  })
})
