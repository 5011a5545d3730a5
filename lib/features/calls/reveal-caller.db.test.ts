import { randomInt, randomUUID } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { setMasking } from '#lib/features/organisations/index'

import { superuserSql } from '../../testing/database.ts'
import { type TestMember, runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { getCall, ingestCall, revealCaller } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const digits = () => `+234803${String(randomInt(10_000_000)).padStart(7, '0')}`
const reason = 'The caller asked us to ring back'

async function callFrom(org: TestOrganisation, caller: string): Promise<string> {
  const told = {
    external_id: randomUUID(),
    direction: 'inbound',
    caller,
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  }
  return (await runAs(ingestCall, org.keyActor, told)).call.id
}

/** The member as they would come in now: masking and toggles read anew. */
const asNow = (who: TestMember, masking: boolean, toggles = {}) => ({
  ...who.actor,
  organisation: who.actor.organisation && { ...who.actor.organisation, masking },
  membership: who.actor.membership && { ...who.actor.membership, toggles },
})

describe('the digits of a caller', () => {
  test('are revealed to who may see phone numbers, counted, with the reason sealed beside the entry', async () => {
    const org = await testOrganisation({ masking: false })
    const caller = digits()
    const id = await callFrom(org, caller)
    expect(await runAs(revealCaller, org.admin.actor, { id, reason })).toEqual({ digits: caller, revealed_today: 1 })
    expect(await runAs(revealCaller, org.admin.actor, { id, reason })).toMatchObject({ revealed_today: 2 })
    const entries = await sql<{ id: string; actor: string; body: Buffer }[]>`
      select id, actor, body from audit_entry where org = ${org.id} and action = 'call.caller-revealed' and target = ${id} order by recorded_at`
    expect(entries.map((entry) => entry.actor)).toEqual([org.admin.actor.id, org.admin.actor.id])
    const written = entries.map((entry) => entry.body.toString()).join('\n')
    expect(written).toContain('"revealed_today":2')
    expect(written).not.toContain(caller.slice(4))
    expect(written).not.toContain('ring back')
    const names = await sql<
      { name: string }[]
    >`select name from audit_detail where org = ${org.id} and entry_id = ${entries[0]?.id ?? ''} order by name`
    expect(names.map((one) => one.name)).toContain('reason')
  })

  test('revealed yesterday, as the organisation’s clock has it, are not counted today', async () => {
    const org = await testOrganisation({ masking: false })
    const id = await callFrom(org, digits())
    const zone = org.admin.actor.organisation?.timeZone ?? ''
    await sql`insert into audit_entry (org, recorded_at, actor_kind, actor, action, target, result, request_id, body)
      values (${org.id}, date_trunc('day', now() at time zone ${zone}) at time zone ${zone} - interval '1 second',
        'person', ${org.admin.actor.id}, 'call.caller-revealed', ${id}, 'done', gen_random_uuid(), 'planted'::bytea)`
    expect(await runAs(revealCaller, org.admin.actor, { id, reason })).toMatchObject({ revealed_today: 1 })
  })

  test('stay closed to an agent, and open with the phone-numbers toggle', async () => {
    const org = await testOrganisation({ masking: false })
    const caller = digits()
    const id = await callFrom(org, caller)
    expect(await outcomeOf(runAs(revealCaller, org.agent.actor, { id, reason }))).toBe('forbidden')
    const trusted = asNow(org.agent, false, { 'numbers.view': 'allow' })
    expect(await runAs(revealCaller, trusted, { id, reason })).toMatchObject({ digits: caller })
  })

  test('are not there while masking is on, even for an owner who came in before the switch', async () => {
    const org = await testOrganisation({ masking: false })
    const id = await callFrom(org, digits())
    const { name } = org.owner.actor.organisation ?? { name: '' }
    const switched = await runAs(setMasking, org.owner.actor, { masking: true, name })
    expect(switched).toEqual({ masking: true, calls_with_sealed_digits: 1 })
    expect(await outcomeOf(runAs(revealCaller, org.owner.actor, { id, reason }))).toBe('forbidden')
    expect(await outcomeOf(runAs(revealCaller, asNow(org.owner, true), { id, reason }))).toBe('forbidden')
  })

  test('want a reason, and a call of one’s own', async () => {
    const org = await testOrganisation({ masking: false })
    const other = await testOrganisation({ masking: false })
    const id = await callFrom(other, digits())
    expect(await outcomeOf(runAs(revealCaller, org.owner.actor, { id, reason: ' ' }))).toBe('invalid_input')
    expect(await outcomeOf(runAs(revealCaller, org.owner.actor, { id, reason }))).toBe('not_found')
  })
})

describe('what a screen says of the digits', () => {
  test('is what is stored, whichever way masking was switched since', async () => {
    const org = await testOrganisation({ masking: false })
    const { name } = org.owner.actor.organisation ?? { name: '' }
    const stored = await callFrom(org, digits())
    await runAs(setMasking, org.owner.actor, { masking: true, name })
    const masked = { ...org.keyActor, organisation: { ...org.keyActor.organisation, masking: true } }
    const notStored = await callFrom({ ...org, keyActor: masked }, digits())
    const saying = async (who: TestMember, masking: boolean) =>
      Promise.all(
        [stored, notStored].map(async (id) => (await runAs(getCall, asNow(who, masking), { id })).caller.hidden),
      )
    expect(await saying(org.owner, true)).toEqual(['closed', 'not_stored'])
    expect(await saying(org.owner, false)).toEqual(['sealed', 'not_stored'])
    expect(await saying(org.agent, false)).toEqual(['not_allowed', 'not_stored'])
  })
})

describe('the masking switch', () => {
  test('is the owner’s alone, and wants the name typed', async () => {
    const org = await testOrganisation()
    const { name } = org.owner.actor.organisation ?? { name: '' }
    expect(await outcomeOf(runAs(setMasking, org.admin.actor, { masking: false, name }))).toBe('forbidden')
    const armed = asNow(org.admin, true, { 'organisation.manage': 'allow' })
    expect(await outcomeOf(runAs(setMasking, armed, { masking: false, name }))).toBe('forbidden')
    expect(await outcomeOf(runAs(setMasking, org.owner.actor, { masking: false, name: `${name} ` }))).toBe(
      'invalid_input',
    )
    await runAs(setMasking, org.owner.actor, { masking: false, name })
    const [row] = await sql`select masking from organisation where id = ${org.id}`
    expect(row).toEqual({ masking: false })
    const [entry] = await sql<{ body: Buffer }[]>`
      select body from audit_entry where org = ${org.id} and action = 'organisation.masking-set'`
    expect(entry?.body.toString()).toContain('"facts":{"after":false,"before":true}')
  })

  test('changes no other organisation, and no column can be written past it', async () => {
    const org = await testOrganisation()
    const other = await testOrganisation()
    const { name } = org.owner.actor.organisation ?? { name: '' }
    await runAs(setMasking, org.owner.actor, { masking: false, name })
    const [row] = await sql`select masking from organisation where id = ${other.id}`
    expect(row).toEqual({ masking: true })
    const [right] = await sql`select
      has_column_privilege('orinode_web', 'organisation', 'masking', 'update') as masking,
      has_column_privilege('orinode_web', 'organisation', 'plan', 'update') as plan,
      has_function_privilege('orinode_web', 'organisation_set_plan(text)', 'execute') as by_function`
    expect(right).toEqual({ masking: false, plan: false, by_function: false })
  })
})
