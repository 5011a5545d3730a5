import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { connect, setProcessRole } from '../../platform/db/pool.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { toldCall } from '../../testing/told-call.ts'
import { runAsSystem } from '../../transport/system.ts'
import { expireEvents, getCall, ingestCall, organisationsWithExpiredEvents } from './index.ts'

const sql = superuserSql()
const web = connect('orinode_web', 1)
const worker = connect('orinode_worker', 1)
afterAll(() => Promise.all([sql.end(), web.end(), worker.end()]))

describe('raw events past their time', () => {
  let org: TestOrganisation
  let other: TestOrganisation
  const calls: string[] = []
  beforeAll(async () => {
    ;[org, other] = [await testOrganisation(), await testOrganisation()]
    for (let at = 0; at < 4; at += 1) calls.push((await runAs(ingestCall, org.keyActor, toldCall())).call.id)
    await runAs(ingestCall, other.keyActor, toldCall())
    const old = calls.slice(0, 3)
    await plant(
      sql,
      org.id,
      org.id,
      (tx) =>
        tx`update call_event set expires_at = now() - interval '1 second' where org = ${org.id} and call_id in ${sql(old)}`,
    )
    setProcessRole('orinode_worker')
  })

  const left = async (where: TestOrganisation) =>
    (await sql<{ call_id: string }[]>`select call_id from call_event where org = ${where.id}`).map((row) => row.call_id)
  const entries = () => sql<{ actor_kind: string; target: string; body: Uint8Array }[]>`
    select actor_kind, target, body from audit_entry where org = ${org.id} and action = 'call.events-expired' order by recorded_at`

  test('live a week', async () => {
    const [row] =
      await sql`select expires_at - received_at = interval '7 days' as "isWeek" from call_event where org = ${other.id}`
    expect(row).toEqual({ isWeek: true })
  })

  test('the worker finds the organisations that have some, and only those', async () => {
    const found = await organisationsWithExpiredEvents()
    expect(found).toContain(org.id)
    expect(found).not.toContain(other.id)
  })

  test('go; younger ones and other organisations’ stay; one entry names the batch and its count', async () => {
    expect(await runAsSystem(expireEvents, {}, { process: 'worker', organisation: org.id })).toEqual({ deleted: 3 })
    expect(await left(org)).toEqual(calls.slice(3))
    expect(await left(other)).toHaveLength(1)
    const [entry, ...more] = await entries()
    expect(more).toEqual([])
    expect(entry).toMatchObject({ actor_kind: 'system', target: org.id })
    expect(JSON.parse(Buffer.from(entry?.body ?? []).toString())).toMatchObject({
      action: 'call.events-expired',
      facts: { deleted: 3 },
    })
    expect(await organisationsWithExpiredEvents()).not.toContain(org.id)
  })

  test('leave the calls they made as they were', async () => {
    const ids = (await sql<{ id: string }[]>`select id from call where org = ${org.id} order by id`).map(({ id }) => id)
    expect(ids).toEqual(calls.toSorted())
  })

  test('are not the web’s to delete, even with an entry; the worker’s are, but not without one', async () => {
    const deleting = (login: typeof web) =>
      login.begin(async (tx) => {
        await tx`select set_config('app.org', ${org.id}, true)`
        return tx`delete from call_event where org = ${org.id}`
      })
    await expect(deleting(web)).rejects.toMatchObject({ code: '42501' })
    await expect(deleting(worker)).rejects.toMatchObject({ code: 'OR001' })
    expect(await left(org)).toHaveLength(1)
  })

  test('are no person’s or key’s to delete either', async () => {
    setProcessRole('orinode_web')
    for (const actor of [org.owner.actor, org.admin.actor, org.agent.actor, org.keyActor]) {
      await expect(runAs(expireEvents, actor, {})).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect((await runAs(getCall, org.owner.actor, { id: calls[0] })).id).toBe(calls[0])
  })
})
