import { randomBytes } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createKey } from '#lib/features/api-keys/index'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { connect, setProcessRole } from './pool.ts'
import { forgetExpired } from './upkeep.ts'

const sql = superuserSql()
const web = connect('orinode_web', 1)
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
  setProcessRole('orinode_worker')
})
afterAll(() => Promise.all([sql.end(), web.end()]))

async function session(ends: string, ended: string | null = null): Promise<Buffer> {
  const id = randomBytes(32)
  await sql`
    insert into session (id_hash, person_id, expires_at, ended_at)
    values (${id}, ${org.owner.actor.id}, now() + ${ends}::interval, now() + ${ended}::interval)`
  return id
}

test('sessions go a day after they ended or ran out; younger and open ones stay', async () => {
  const gone = [await session('-25 hours'), await session('30 days', '-25 hours')]
  const kept = [await session('-23 hours'), await session('30 days', '-23 hours'), await session('1 hour')]
  await forgetExpired()
  const left = await sql<{ id_hash: Buffer }[]>`
    select id_hash from session where id_hash in ${sql([...gone, ...kept])} order by id_hash`
  expect(left.map(({ id_hash }) => id_hash)).toEqual(kept.toSorted((a, b) => Buffer.compare(a, b)))
})

test('kept answers go when their day is over, of every organisation; the others stay', async () => {
  setProcessRole('orinode_web')
  const other = await testOrganisation()
  const key = { name: 'A key', environment: 'live', scopes: ['calls.view'] }
  for (const idempotencyKey of ['old', 'young']) await runAs(createKey, org.owner.actor, key, { idempotencyKey })
  await runAs(createKey, other.owner.actor, key, { idempotencyKey: 'old' })
  setProcessRole('orinode_worker')
  const all = () => sql`select id, org from idempotency_answer where org in ${sql([org.id, other.id])} order by id`
  const before = await all()
  expect(before).toHaveLength(3)
  const old = [before[0]?.['id'], before[2]?.['id']].map(String)
  await sql`update idempotency_answer set expires_at = now() - interval '1 second' where id in ${sql(old)}`
  await forgetExpired()
  expect(await all()).toEqual([before[1]])
})

test('the web may not ask for it', async () => {
  await expect(web`select * from forget_expired()`).rejects.toMatchObject({ code: '42501' })
})
