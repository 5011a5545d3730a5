import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../lib/testing/database.ts'
import { connect } from '../lib/platform/db/pool.ts'
import { plant } from '../lib/testing/plant.ts'
import { testOrganisation, type TestOrganisation } from '../lib/testing/organisation.ts'

const sql = superuserSql()
const web = connect('orinode_web', 1)
afterAll(() => Promise.all([sql.end(), web.end()]))

describe('no trail, no change', () => {
  let org: TestOrganisation
  beforeAll(async () => {
    org = await testOrganisation()
  })

  const asOrg = <T>(work: (tx: Parameters<Parameters<typeof web.begin>[1]>[0]) => Promise<T>) =>
    web.begin(async (tx) => {
      await tx`select set_config('app.org', ${org.id}, true)`
      return work(tx)
    })

  test('a sensitive change without an entry cannot commit, and is not there afterwards', async () => {
    await expect(
      asOrg((tx) => tx`update member set role = 'owner' where id = ${org.agent.memberId}`),
    ).rejects.toMatchObject({ code: 'OR001' })
    const [row] = await sql`select role from member where id = ${org.agent.memberId}`
    expect(row?.['role']).toBe('agent')
  })

  test('not even the database’s superuser, not even with triggers told to stand aside', async () => {
    await expect(
      sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`
        await tx`update member set role = 'owner' where id = ${org.agent.memberId}`
      }),
    ).rejects.toMatchObject({ code: 'OR001' })
  })

  test('an entry that names another row, another organisation or an earlier transaction does not count', async () => {
    const entry = (tx: typeof sql | Parameters<Parameters<typeof sql.begin>[1]>[0], orgId: string, target: string) =>
      tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body) values (${orgId}, 'system', 'x.y', ${target}, 'done', gen_random_uuid(), 'b')`
    const other = await testOrganisation()
    await expect(
      sql.begin(async (tx) => {
        await entry(tx, org.id, org.owner.memberId)
        await tx`update member set role = 'owner' where id = ${org.agent.memberId}`
      }),
    ).rejects.toMatchObject({ code: 'OR001' })
    await expect(
      sql.begin(async (tx) => {
        await entry(tx, other.id, org.agent.memberId)
        await tx`update member set role = 'owner' where id = ${org.agent.memberId}`
      }),
    ).rejects.toMatchObject({ code: 'OR001' })
    await entry(sql, org.id, org.agent.memberId)
    await expect(sql`update member set role = 'owner' where id = ${org.agent.memberId}`).rejects.toMatchObject({
      code: 'OR001',
    })
  })

  test('a refused act’s entry does not stand in for a done one', async () => {
    await expect(
      sql.begin(async (tx) => {
        await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body) values (${org.id}, 'system', 'x.y', ${org.agent.memberId}, 'refused', gen_random_uuid(), 'b')`
        await tx`update member set role = 'owner' where id = ${org.agent.memberId}`
      }),
    ).rejects.toMatchObject({ code: 'OR001' })
  })

  test('with its entry the same change commits', async () => {
    await plant(
      sql,
      org.id,
      org.agent.memberId,
      (tx) => tx`update member set role = 'admin' where id = ${org.agent.memberId}`,
    )
    const [row] = await sql`select role from member where id = ${org.agent.memberId}`
    expect(row?.['role']).toBe('admin')
  })

  test('the log cannot be changed or removed: by privilege for our logins, by trigger for everybody else', async () => {
    for (const statement of ['update audit_entry set action = $1', 'delete from audit_entry where action <> $1']) {
      await expect(asOrg((tx) => tx.unsafe(statement, ['x']))).rejects.toMatchObject({ code: '42501' })
      await expect(sql.unsafe(statement, ['x'])).rejects.toMatchObject({ code: 'OR002' })
    }
    await expect(sql`truncate audit_entry`).rejects.toMatchObject({ code: 'OR002' })
    const [part] = await sql<{ name: string }[]>`select tableoid::regclass::text as name from audit_entry limit 1`
    expect(part?.name).toMatch(/^audit_entry_/)
    await expect(sql.unsafe(`delete from ${part?.name}`)).rejects.toMatchObject({ code: 'OR002' })
    await expect(sql.unsafe(`truncate ${part?.name}`)).rejects.toMatchObject({ code: 'OR002' })
  })

  test('id, time and transaction of an entry are the database’s to give', async () => {
    for (const column of ['id', 'recorded_at', 'xid']) {
      const value = column === 'id' ? 'gen_random_uuid()' : column === 'xid' ? `'1'::xid8` : 'now()'
      await expect(
        asOrg((tx) =>
          tx.unsafe(
            `insert into audit_entry (org, actor_kind, action, result, request_id, body, ${column}) values ('${org.id}', 'system', 'x.y', 'done', gen_random_uuid(), 'b', ${value})`,
          ),
        ),
      ).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('digits cannot be stored while masking is on, whoever tries', async () => {
    const [call] = await sql<{ id: string }[]>`select gen_random_uuid() as id`
    const seal = Buffer.concat([Buffer.from('df0100000001', 'hex'), Buffer.alloc(80)])
    await expect(
      plant(
        sql,
        org.id,
        call?.id ?? '',
        (tx) => tx`
        insert into call (org, id, environment, provider, external_id_sealed, direction, caller_kind, caller_sealed, status, started_at)
        values (${org.id}, ${call?.id ?? ''}, 'live', 'api', ${seal}, 'inbound', 'number', ${seal}, 'completed', now())`,
      ),
    ).rejects.toMatchObject({ code: 'OR003' })
  })

  test('a sealed column refuses anything that is not DF1', async () => {
    const [call] = await sql<{ id: string }[]>`select gen_random_uuid() as id`
    await expect(
      plant(
        sql,
        org.id,
        call?.id ?? '',
        (tx) => tx`
        insert into call (org, id, environment, provider, external_id_sealed, direction, caller_kind, status, started_at)
        values (${org.id}, ${call?.id ?? ''}, 'live', 'api', ${Buffer.from('plain text, as if somebody forgot to seal it before storing, which is refused')}, 'inbound', 'number', 'completed', now())`,
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })
})
