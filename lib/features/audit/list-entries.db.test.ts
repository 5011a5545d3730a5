import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createKey, renameKey } from '#lib/features/api-keys/index'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { listEntries } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

describe('the audit list', () => {
  let org: TestOrganisation
  let keyId: string
  const from = { address: '203.0.113.9' }
  beforeAll(async () => {
    org = await testOrganisation()
    keyId = (
      await runAs(createKey, org.admin.actor, { name: 'One', environment: 'live', scopes: ['calls.view'] }, from)
    ).id
    await runAs(renameKey, org.owner.actor, { id: keyId, name: 'Two' })
    await outcomeOf(runAs(createKey, org.agent.actor, { name: 'No', environment: 'live', scopes: ['calls.view'] }))
  })
  const list = (filter: object = {}) => runAs(listEntries, org.admin.actor, filter)

  test('shows who did what to what, with which result, from where', async () => {
    const { data } = await list({ target: keyId })
    expect(data).toMatchObject([
      {
        action: 'api-key.renamed',
        actor: { kind: 'person', name: 'Test owner' },
        details: [
          { name: 'after', value: 'Two' },
          { name: 'before', value: 'One' },
        ],
      },
      {
        action: 'api-key.created',
        actor: { kind: 'person', id: org.admin.actor.id, name: 'Test admin' },
        target: keyId,
        result: 'done',
        address: '203.0.113.9',
        facts: { environment: 'live', scopes: 'calls.view' },
      },
    ])
  })

  test.each([
    ['actor', () => ({ actor: org.agent.actor.id }), ['access.refused']],
    [
      'kind of actor',
      () => ({ actor_kind: 'person', result: 'done', target: keyId }),
      ['api-key.renamed', 'api-key.created'],
    ],
    ['action', () => ({ action: 'api-key.renamed' }), ['api-key.renamed']],
    ['result', () => ({ result: 'refused' }), ['access.refused']],
    ['address', () => ({ address: '203.0.113.9' }), ['api-key.created']],
    ['an address nobody came from', () => ({ address: '203.0.113.10' }), []],
    ['a target that is none', () => ({ target: randomUUID() }), []],
    ['time to come', () => ({ from: '2090-01-01T00:00:00Z' }), []],
    ['time gone by', () => ({ to: '1990-01-01T00:00:00Z' }), []],
  ] as const)('narrows by %s', async (_, filter, actions) => {
    expect((await list(filter())).data.map((one) => one.action)).toEqual(actions)
  })

  test('looks for an entry’s details where the entry’s own time is, and nowhere else', async () => {
    await sql`insert into audit_detail (org, id, entry_id, recorded_at, name, value_sealed)
      select d.org, d.id, d.entry_id, d.recorded_at - interval '7 days', d.name, d.value_sealed from audit_detail d
      join audit_entry e on e.org = d.org and e.id = d.entry_id where e.org = ${org.id} and e.action = 'api-key.renamed'`
    const [entry] = (await list({ action: 'api-key.renamed' })).data
    expect(entry?.details.map((one) => one.name)).toEqual(['after', 'before'])
  })

  test('finds a request by its id', async () => {
    const [entry] = (await list({ action: 'api-key.created' })).data
    const found = await list({ request_id: entry?.request_id })
    expect(found.data.map((one) => one.id)).toEqual([entry?.id])
  })

  test('finds an address whichever way it is written', async () => {
    const at = { address: '2001:db8::7' }
    const { id } = await runAs(
      createKey,
      org.admin.actor,
      { name: 'Six', environment: 'live', scopes: ['calls.view'] },
      at,
    )
    const found = async (address: string) => (await list({ address })).data.map(({ target }) => target)
    expect(await found('2001:0DB8:0:0:0:0:0:7')).toEqual([id])
    expect(await found('2001:db8::8')).toEqual([])
    expect(await found('::ffff:203.0.113.9')).toEqual([keyId])
  })

  test('a day is one of the organisation’s own clock, whatever day it is elsewhere', async () => {
    // At every hour one of these two is on another day than UTC.
    const now = new Date()
    const timeZone = now.getUTCHours() >= 10 ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago'
    const { actor } = org.admin
    const there = { ...actor, organisation: actor.organisation && { ...actor.organisation, timeZone } }
    const of = async (day: string) =>
      (await runAs(listEntries, there, { from: day, to: day, target: keyId })).data.map(({ action }) => action)
    const theirs = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
    expect(await of(theirs)).toEqual(['api-key.renamed', 'api-key.created'])
    expect(await of(now.toISOString().slice(0, 10))).toEqual([])
  })

  test.each(['0000-01-01', '0000-01-01T00:00:00Z', '9999-12-31', '2026-02-30', 'yesterday'])(
    'refuses %s, a time that no log holds, and looks at nothing',
    async (from) => {
      const looks = () => sql`select 1 from audit_entry where org = ${org.id} and action = 'audit.entries-viewed'`
      const before = (await looks()).length
      expect(await outcomeOf(list({ from }))).toBe('invalid_input')
      expect(await outcomeOf(list({ to: from }))).toBe('invalid_input')
      expect((await looks()).length).toBe(before)
    },
  )

  test('pages without skipping or repeating, at the end of which there is no more', async () => {
    const seen: string[] = []
    const to = new Date().toISOString()
    const whole = (await list({ to, limit: 100 })).data.map((one) => one.id)
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ to, limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.data.map((one) => one.id))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen).toEqual(whole)
    expect(seen.length).toBeGreaterThan(5)
    expect(await outcomeOf(list({ cursor: Buffer.from(`1.${keyId}.aaaaaaaaaaaaaaaa`).toString('base64url') }))).toBe(
      'invalid_input',
    )
  })

  test('is itself looked at with an entry, and is not an agent’s', async () => {
    const before = (await list({ action: 'audit.entries-viewed' })).data.length
    expect((await list({ action: 'audit.entries-viewed' })).data.length).toBe(before + 1)
    expect(await outcomeOf(runAs(listEntries, org.agent.actor, {}))).toBe('forbidden')
  })

  test('holds nothing of another organisation', async () => {
    const other = await testOrganisation()
    const theirs = await runAs(listEntries, other.owner.actor, { target: keyId })
    expect(theirs.data).toEqual([])
    expect((await runAs(listEntries, other.owner.actor, { address: '203.0.113.9' })).data).toEqual([])
  })
})
