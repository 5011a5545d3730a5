import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { askFollowUp, createTag, finishFollowUp, tagCall } from '#lib/features/call-work/index'

import type { Actor } from '../../kernel/actor.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { someText } from '../../testing/refused.ts'
import { ingestCall, listCalls, listChoices, setOutcome } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
const ids: Record<string, string> = {}
const tags: Record<string, string> = {}
let bookedToken: string

const hour = 3_600_000
/** In Lagos it is an hour later, so the first of these is of the day before. */
const midnightInLagos = Date.parse('2026-03-10T23:00:00Z')
const body = (name: string, startedAt: number, more: Record<string, unknown> = {}) => ({
  external_id: name,
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Front desk',
  status: 'completed',
  started_at: new Date(startedAt).toISOString(),
  ...more,
})

async function tell(name: string, startedAt: number, more: Record<string, unknown> = {}, actor: Actor = org.keyActor) {
  const { call } = await runAs(ingestCall, actor, body(name, startedAt, more))
  ids[name] = call.id
  return call
}

async function names(filter: Record<string, unknown>, actor: Actor = org.agent.actor): Promise<string[]> {
  const { data } = await runAs(listCalls, actor, { limit: 100, ...filter })
  return data.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id).toSorted()
}

beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
  await tell('late', midnightInLagos - 60_000, { outcome: 'Appointment booked' })
  await tell('early', midnightInLagos + 60_000, {
    outcome: '  appointment   BOOKED ',
    agent: 'Night line',
    number: '+2342017005678',
    direction: 'outbound',
    cost: { amount_minor: 1_250, currency: 'NGN' },
  })
  await tell('missed', midnightInLagos + hour, {
    status: 'no_answer',
    ended_reason: 'no_answer',
    caller: '+2348055550122',
  })
  await tell('long', midnightInLagos + 2 * hour, {
    ended_at: new Date(midnightInLagos + 2 * hour + 300_000).toISOString(),
    ended_reason: 'caller_hung_up',
    outcome: 'Question answered',
    cost: { amount_minor: 1_250, currency: 'USD' },
  })
  await tell('live', Date.now() - 60_000, { status: 'in_progress' })
  await tell('week', Date.now() - 3 * 24 * hour)
  await tell('month', Date.now() - 20 * 24 * hour)
  await plant(
    sql,
    org.id,
    ids['missed'] ?? '',
    (tx) => tx`update call set provider = 'retell' where id = ${ids['missed'] ?? ''}`,
  )
  await runAs(setOutcome, org.agent.actor, { id: ids['long'], success: true })
  await runAs(setOutcome, org.agent.actor, { id: ids['missed'], success: false })
  for (const name of ['Urgent', 'Refund', 'Unused'])
    tags[name] = (await runAs(createTag, org.admin.actor, { name, colour: 'rose' })).id
  await runAs(tagCall, org.agent.actor, { id: ids['late'], tag: tags['Urgent'] })
  await runAs(tagCall, org.agent.actor, { id: ids['early'], tag: tags['Urgent'] })
  await runAs(tagCall, org.agent.actor, { id: ids['early'], tag: tags['Refund'] })
  await runAs(askFollowUp, org.agent.actor, { id: ids['late'] })
  await runAs(askFollowUp, org.agent.actor, { id: ids['early'], to: 'me' })
  await runAs(askFollowUp, org.admin.actor, { id: ids['long'], to: org.owner.memberId })
  await runAs(askFollowUp, org.agent.actor, { id: ids['week'], to: 'me' })
  await runAs(finishFollowUp, org.agent.actor, { id: ids['week'] })
  const choices = await runAs(listChoices, org.agent.actor, {})
  bookedToken = choices.outcomes.find(({ text }) => /booked/i.test(text))?.token ?? ''
  const testing = await testKey(org.id, { environment: 'test' })
  await tell('trial', midnightInLagos, {}, testing.actor)
  await tell('theirs', midnightInLagos, {}, other.keyActor)
  delete ids['theirs']
})

const every = ['early', 'late', 'live', 'long', 'missed', 'month', 'week']

describe('a list of calls', () => {
  test('is of all live ones when nothing is asked', async () => {
    expect(await names({})).toEqual(every)
  })

  // Each filter with a value that some calls fit, and one that none does.
  const cases: [filter: () => Record<string, unknown>, fits: string[]][] = [
    [() => ({ status: 'no_answer' }), ['missed']],
    [() => ({ status: 'no_answer,in_progress' }), ['live', 'missed']],
    [() => ({ status: 'in_progress' }), ['live']],
    [() => ({ status: 'queued,ringing' }), []],
    [() => ({ status: 'busy' }), []],
    [() => ({ outcome: bookedToken }), ['early', 'late']],
    [() => ({ outcome: 'A'.repeat(43) }), []],
    [() => ({ success: 'yes' }), ['long']],
    [() => ({ success: 'no' }), ['missed']],
    [() => ({ success: 'unknown' }), every.filter((name) => !['long', 'missed'].includes(name))],
    [() => ({ agent: 'Night line' }), ['early']],
    [() => ({ agent: 'Night' }), []],
    [() => ({ number: '+2342017005678' }), ['early']],
    [() => ({ number: '+2342017000000' }), []],
    [() => ({ provider: 'retell' }), ['missed']],
    [() => ({ provider: 'retell,api' }), every],
    [() => ({ provider: 'vapi' }), []],
    [() => ({ direction: 'outbound' }), ['early']],
    [() => ({ ended_reason: 'caller_hung_up' }), ['long']],
    [() => ({ ended_reason: 'silence' }), []],
    [() => ({ talk_min_seconds: 300 }), ['long']],
    [() => ({ talk_min_seconds: '301' }), []],
    [() => ({ talk_max_seconds: 300 }), ['long']],
    [() => ({ talk_max_seconds: 299 }), []],
    [() => ({ cost_min: '12.50', cost_currency: 'NGN' }), ['early']],
    [() => ({ cost_max: '12.5', cost_currency: 'USD' }), ['long']],
    [() => ({ cost_min: '12.51', cost_currency: 'NGN' }), []],
    [() => ({ cost_min: '1', cost_max: '2', cost_currency: 'KES' }), []],
    [() => ({ cost_currency: 'USD' }), every],
    [() => ({ tag: tags['Urgent'] }), ['early', 'late']],
    [() => ({ tag: `${tags['Refund']},${tags['Unused']}` }), ['early']],
    [() => ({ tag: tags['Unused'] }), []],
    [() => ({ follow_up: 'open' }), ['early', 'late', 'long']],
    [() => ({ follow_up: 'done' }), ['week']],
    [() => ({ follow_up: 'none' }), ['live', 'missed', 'month']],
    [() => ({ assigned: 'me' }), ['early', 'week']],
    [() => ({ assigned: 'me', follow_up: 'open' }), ['early']],
    [() => ({ assigned: 'nobody' }), ['late']],
    [() => ({ assigned: 'anyone' }), ['early', 'long', 'week']],
    [() => ({ assigned: org.owner.memberId }), ['long']],
    [() => ({ assigned: org.admin.memberId }), []],
    [() => ({ period: 'today' }), ['live']],
    [() => ({ period: '7d' }), ['live', 'week']],
    [() => ({ period: '30d' }), ['live', 'month', 'week']],
    [() => ({ environment: 'test' }), ['trial']],
    [() => ({ from: '2026-03-11', to: '2026-03-11' }), ['early', 'long', 'missed']],
    [() => ({ from: '2026-03-10', to: '2026-03-10' }), ['late']],
    [() => ({ to: '2026-03-09' }), []],
    [() => ({ from: '2026-03-10T23:00:00Z', to: '2026-03-11T00:00:00Z' }), ['early']],
    [() => ({ tag: tags['Urgent'], agent: 'Night line' }), ['early']],
    [() => ({ tag: tags['Refund'], agent: 'Front desk' }), []],
  ]

  test.each(cases.map(([filter, fits], at) => ({ at, filter, fits })))(
    'can be of one kind (case $at)',
    async ({ filter, fits }) => {
      expect(await names(filter()), JSON.stringify(filter())).toEqual(fits)
    },
  )

  test('is of one caller by the token that a look-up made', async () => {
    const { caller } = await runAs(
      ingestCall,
      org.keyActor,
      body('again', midnightInLagos, { caller: '+2348055550122' }),
    ).then(({ call }) => call)
    const fits = await runAs(listCalls, org.agent.actor, { caller: caller.token })
    expect(fits.data).toHaveLength(2)
    expect(await names({ caller: 'A'.repeat(43) })).toEqual([])
    const choices = await runAs(listChoices, org.agent.actor, { caller: caller.token })
    expect(choices.caller_masked).toBe('+234 *** *** 122')
    expect((await runAs(listChoices, org.agent.actor, { caller: 'A'.repeat(43) })).caller_masked).toBeNull()
    await plant(sql, org.id, fits.data[0]?.id ?? '', async (tx) => {
      // Away again, so that the other tests count what they made.
      const id = fits.data.find((call) => call.id !== ids['missed'])?.id ?? ''
      await tx`insert into audit_entry (org, actor_kind, action, target, result, request_id, body)
        values (${org.id}, 'system', 'test.planted', ${id}, 'done', gen_random_uuid(), 'planted'::bytea)`
      await tx`update call set environment = 'test', started_at = '2000-01-01' where id = ${id}`
    })
  })

  test('of another organisation’s tag or member is empty, and so is its own there', async () => {
    const theirs = await runAs(createTag, other.admin.actor, { name: 'Urgent', colour: 'sky' })
    expect(await names({ tag: theirs.id })).toEqual([])
    expect(await names({ assigned: other.owner.memberId })).toEqual([])
    const { data } = await runAs(listCalls, other.owner.actor, { tag: tags['Urgent'] })
    expect(data).toEqual([])
  })

  test.each([
    { status: 'completed,done' },
    { status: '' },
    { provider: 'carrier pigeon' },
    { success: 'true' },
    { outcome: 'Appointment booked' },
    { ended_reason: 'bored' },
    { talk_min_seconds: '-1' },
    { talk_min_seconds: 'long' },
    { cost_min: '1,50', cost_currency: 'NGN' },
    { cost_min: '-1', cost_currency: 'NGN' },
    { tag: 'urgent' },
    { tag: `${'01a20d3f-3d3a-7503-a9cf-e6d52f6ec4b7,'.repeat(10)}01a20d3f-3d3a-7503-a9cf-e6d52f6ec4b7` },
    { follow_up: 'maybe' },
    { assigned: 'ann' },
    { period: '90d' },
    { from: '2026-02-30' },
  ])('is refused by name for what is no filter: %o', async (filter) => {
    await expect(runAs(listCalls, org.agent.actor, filter)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { [Object.keys(filter)[0] ?? '']: someText },
    })
  })

  test('needs to be told in which currency a cost is', async () => {
    await expect(runAs(listCalls, org.agent.actor, { cost_min: '1' })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { cost_currency: someText },
    })
  })

  test.each([{ period: 'today' }, { from: '2026-03-10' }, { assigned: 'me' }])(
    'is no machine’s where it takes a person to know: %o',
    async (filter) => {
      await expect(runAs(listCalls, org.keyActor, filter)).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { [Object.keys(filter)[0] ?? '']: someText },
      })
    },
  )
})

test('an outcome’s hash is another in another organisation, and none is kept of no outcome', async () => {
  const twin = await testOrganisation()
  const { call } = await runAs(
    ingestCall,
    twin.keyActor,
    body('twin', midnightInLagos, { outcome: 'Appointment booked' }),
  )
  const rows = await sql<{ id: string; hash: Buffer | null }[]>`
    select id, outcome_hash as hash from call where id in ${sql([call.id, ids['late'] ?? '', ids['early'] ?? '', ids['month'] ?? ''])}`
  const hashOf = (id: string | undefined): string | undefined =>
    rows.find((row) => row.id === id)?.hash?.toString('hex')
  expect(hashOf(ids['late'])).toBe(hashOf(ids['early']))
  expect(hashOf(call.id)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashOf(call.id)).not.toBe(hashOf(ids['late']))
  expect(hashOf(ids['month'])).toBeUndefined()
  await runAs(setOutcome, twin.agent.actor, { id: call.id, outcome: 'Passed on' })
  const [changed] = await sql<{ hash: Buffer }[]>`select outcome_hash as hash from call where id = ${call.id}`
  expect(changed?.hash.toString('hex')).not.toBe(hashOf(call.id))
})
