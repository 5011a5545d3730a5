import { createHmac } from 'node:crypto'

import { afterAll, beforeEach, expect, test } from 'vitest'

import { canonicalCalls } from '../../testing/canonical-calls.ts'
import { superuserSql } from '../../testing/database.ts'
import { deliver } from '../../testing/hook-delivery.ts'
import { testOrganisation, type TestOrganisation, testProvider, testVault } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'

const sql = superuserSql()
afterAll(() => sql.end())

/** A system that says of no event when it happened, unless it has something under `at`. */
const settings = {
  mapping: {
    external_id: 'id',
    agent: 'agent',
    outcome: 'outcome',
    occurred_at: { path: 'at' },
    status: { path: 'state', values: { ringing: 'ringing', up: 'in_progress', over: 'completed' } },
  },
  signature: { mode: 'hmac' },
  countries: ['NG'],
}
const ringing = { id: 'c', state: 'ringing', agent: 'Old desk' }
const up = { id: 'c', state: 'up', agent: 'Desk' }
const over = { id: 'c', state: 'over', agent: 'New desk' }

let org: TestOrganisation
let provider: Awaited<ReturnType<typeof testProvider>>
beforeEach(async () => {
  org = await testOrganisation()
  provider = await testProvider(org.id, { kind: 'generic', settings })
  for (const event of [ringing, up, over]) await tell(event)
})

async function tell(event: Record<string, string>): Promise<void> {
  const body = JSON.stringify(event)
  const signature = createHmac('sha256', provider.secret).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature }
  expect((await deliver(provider.path, body, headers)).status).toBe(200)
}

async function stored() {
  const [call] = (await canonicalCalls(sql, await testVault(org.id))).values()
  const { events, ...facts } = call as Record<string, unknown> // one row, one call
  return { events, facts }
}

/** As if the call had been told eight days earlier, and the chore that deletes what was sent had been round. */
async function aWeekLater(): Promise<void> {
  const [call] = await sql<{ id: string }[]>`select id from call where org = ${org.id}`
  const earlier = sql`interval '8 days'`
  await plant(sql, org.id, call?.id ?? '', async (tx) => {
    await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body)
      values (${org.id}, 'system', 'test.planted', ${org.id}, 'done', gen_random_uuid(), 'planted'::bytea)`
    await tx`delete from call_event where org = ${org.id}`
    const marks = tx`(select jsonb_object_agg(key, coalesce(regexp_replace(value, '\\d{14}(?=\\w{9}$)',
      lpad((substring(value from '(\\d{14})\\w{9}$')::bigint - 691200000)::text, 14, '0')), value)) from jsonb_each_text(told))`
    await tx`update call set created_at = created_at - ${earlier}, updated_at = updated_at - ${earlier},
      started_at = started_at - ${earlier}, facts_at = facts_at - ${earlier}, told = ${marks} where org = ${org.id}`
  })
}

test('a system without times is heard as it speaks: what it says last holds', async () => {
  expect((await stored()).facts).toMatchObject({ status: 'completed', agent: 'New desk' })
  await tell({ ...over, agent: 'Newest desk' })
  expect((await stored()).facts).toMatchObject({ status: 'completed', agent: 'Newest desk' })
})

test('sent again once nothing is left to know it by, its events change no fact, in any order', async () => {
  await aWeekLater()
  const before = await stored()
  expect(before).toMatchObject({ events: [], facts: { agent: 'New desk' } })
  for (const event of [up, ringing, over, ringing]) {
    await tell(event)
    expect((await stored()).facts).toEqual(before.facts)
  }
  expect((await stored()).events).toHaveLength(3)
})

test('what was never told may still be, and an event that says when it was told still counts', async () => {
  await aWeekLater()
  await tell({ id: 'c', outcome: 'booked' })
  await tell({ id: 'c', agent: 'Desk' })
  expect((await stored()).facts).toMatchObject({ agent: 'New desk', outcome_sealed: 'booked' })
  await tell({ id: 'c', agent: 'Night desk', at: new Date().toISOString() })
  expect((await stored()).facts).toMatchObject({ status: 'completed', agent: 'Night desk' })
})
