import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'
import { addVoiceAgent, publishVersion, saveDraft } from '#lib/features/voice-agents/index'

import { sampleConfig } from '../../testing/agent-config.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestMember, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { toldCall } from '../../testing/told-call.ts'
import { addNumber, changeNumber, deleteNumber, importNumbers, listNumbers } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation()
})

const add = async (number: string, more: object = {}) =>
  (await runAs(addNumber, org.admin.actor, { number, label: 'Front', ...more })).id
const list = async () => (await runAs(listNumbers, org.admin.actor, {})).data
const setUp = {
  label: 'Front',
  provider: null,
  voice_agent: null,
  hours: null,
  time_zone: 'Africa/Lagos',
  fallback_number: null,
}
const change = (id: string, more: object) => runAs(changeNumber, org.admin.actor, { id, ...setUp, ...more })

async function agentNamed(name: string, hours: object = {}): Promise<string> {
  const { id } = await runAs(addVoiceAgent, org.admin.actor, { name })
  const config = { ...sampleConfig, greeting: `This is ${name}.`, hours }
  await runAs(saveDraft, org.admin.actor, { id, based_on: 0, config })
  await runAs(publishVersion, org.admin.actor, { id, note: 'First words' })
  return id
}

async function called(number: string, more: Record<string, unknown> = {}, actor = org.keyActor) {
  const told = toldCall({ number, agent: 'Whoever', started_at: new Date().toISOString(), ...more })
  const { call } = await runAs(ingestCall, actor, told)
  const [row] = await sql<{ agent: string | null; version: number | null }[]>`
    select voice_agent_id as agent, config_version as version from call where id = ${call.id}`
  return row
}

describe('a number', () => {
  test('is ours once, however it is written; its country brings its time zone', async () => {
    await add('0201 700 1234')
    await add('+254 20 1234567')
    for (const written of ['+2342017001234', '234-201-700-1234', '02017001234'])
      expect(await outcomeOf(add(written)), written).toBe('conflict')
    expect((await list()).map(({ number, country, time_zone }) => [number, country, time_zone])).toEqual([
      ['+254201234567', 'KE', 'Africa/Nairobi'],
      ['+2342017001234', 'NG', 'Africa/Lagos'],
    ])
  })

  test.each(['12', 'anonymous', 'sip:desk@example.test', '+999123456789', '=1+1'])('is not %s', async (written) => {
    expect(await outcomeOf(add(written))).toBe('invalid_input')
  })

  test('added by two at once is there once', async () => {
    const outcomes = await Promise.all([outcomeOf(add('+2342017001234')), outcomeOf(add('+2342017001234'))])
    expect(outcomes.toSorted()).toEqual(['conflict', 'done'])
  })

  test('goes nowhere else than to another number, and is answered by an agent of its organisation only', async () => {
    const id = await add('+2342017001234')
    expect(await outcomeOf(change(id, { fallback_number: '02017001234' }))).toBe('invalid_input')
    expect(await outcomeOf(change(id, { fallback_number: 'my mobile' }))).toBe('invalid_input')
    await change(id, { fallback_number: '0803 555 0142' })
    expect(await list()).toMatchObject([{ fallback_number: '+2348035550142' }])
    const mine = org
    org = await testOrganisation()
    const foreign = await agentNamed('Theirs')
    org = mine
    expect(await outcomeOf(change(id, { voice_agent: foreign }))).toBe('not_found')
    expect(await outcomeOf(add('+2342017001235', { voice_agent: foreign }))).toBe('not_found')
  })

  test('is open by its own hours, or else by its voice agent’s; without either nobody knows', async () => {
    const always = { from: '00:00', to: '23:59' }
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, always]))
    const id = await add('+2342017001234')
    expect(await list()).toMatchObject([{ is_open: null }])
    await change(id, { voice_agent: await agentNamed('Open', week) })
    expect(await list()).toMatchObject([{ is_open: true, voice_agent: { name: 'Open', version: 1 } }])
    await change(id, { voice_agent: await agentNamed('Shut', {}) })
    expect(await list()).toMatchObject([{ is_open: false }])
    await change(id, { voice_agent: await agentNamed('Shut too', {}), hours: week })
    expect(await list()).toMatchObject([{ is_open: true }])
  })

  test('that is deleted is forgotten, and its calls stay', async () => {
    const id = await add('+2342017001234')
    await called('+2342017001234')
    await runAs(deleteNumber, org.admin.actor, { id })
    expect(await list()).toEqual([])
    expect(await outcomeOf(runAs(deleteNumber, org.admin.actor, { id }))).toBe('not_found')
    const [calls] = await sql`select count(*)::int as n from call where org = ${org.id}`
    expect(calls?.['n']).toBe(1)
  })
})

test('its health is what its live calls of the last 30 days say', async () => {
  await add('+2342017001234')
  expect(await list()).toMatchObject([{ last_call_at: null, ended: 0, answered: 0 }])
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  await called('+2342017001234', { started_at: ago(2) })
  await called('+2342017001234', { started_at: ago(1), status: 'no_answer' })
  await called('+2342017001234', { started_at: ago(3), status: 'in_progress' })
  await called('+2342017001234', { started_at: ago(0), direction: 'outbound', status: 'no_answer' })
  await called('+2342017001234', { started_at: ago(40), status: 'no_answer' })
  await called('+2342017009999', { status: 'no_answer' })
  const tester = await testKey(org.id, { environment: 'test' })
  await called('+2342017001234', { status: 'no_answer' }, tester.actor)
  const [shown] = await list()
  expect(shown).toMatchObject({ ended: 2, answered: 1 })
  expect(Date.now() - Date.parse(shown?.last_call_at ?? '')).toBeLessThan(60_000)
})

test('a call that comes in by a number keeps the version of its agent, whatever name the call gives', async () => {
  const [desk, night] = [await agentNamed('Desk'), await agentNamed('Night')]
  await add('+2342017001234', { voice_agent: night })
  expect(await called('+2342017001234', { agent: 'Desk' })).toEqual({ agent: night, version: 1 })
  expect(await called('+2342017001235', { agent: 'Desk' })).toEqual({ agent: desk, version: 1 })
})

describe('a list of numbers', () => {
  test('adds the good rows with an entry each and tells the others; again it adds nothing', async () => {
    await add('+2342017001234')
    const csv =
      'number,label,provider\n+2342017001235,=HYPERLINK("x"),MTN\n+2342017001234,There,\nnonsense,,\n+2342017001236,Two,'
    const bring = () => runAs(importNumbers, org.admin.actor, { list: csv })
    expect(await bring()).toEqual({
      added: 2,
      left_out: [
        { line: 3, why: 'there_already' },
        { line: 4, why: 'not_a_number' },
      ],
    })
    expect((await list()).map(({ label }) => label)).toEqual(['Front', '=HYPERLINK("x")', 'Two'])
    expect((await bring()).added).toBe(0)
    const entries = await sql`select target from audit_entry where org = ${org.id} and action = 'number.imported'`
    expect(entries).toHaveLength(2)
  })

  test('brought by two at once adds each number once', async () => {
    const csv = `number\n${Array.from({ length: 50 }, (_, at) => `+23420170012${10 + at}`).join('\n')}`
    const both = await Promise.all([1, 2].map(() => runAs(importNumbers, org.admin.actor, { list: csv })))
    expect(both.map(({ added }) => added).toSorted((one, other) => one - other)).toEqual([0, 50])
  })
})

test('another organisation’s numbers are not there, and an agent without the toggle is refused', async () => {
  const id = await add('+2342017001234')
  const other = await testOrganisation()
  const acts = [
    (who: TestMember) => runAs(changeNumber, who.actor, { id, ...setUp }),
    (who: TestMember) => runAs(deleteNumber, who.actor, { id }),
  ]
  for (const act of acts) {
    expect(await outcomeOf(act(other.owner))).toBe('not_found')
    expect(await outcomeOf(act(org.agent))).toBe('forbidden')
  }
  expect((await runAs(listNumbers, other.owner.actor, {})).data).toEqual([])
  expect(await outcomeOf(runAs(listNumbers, org.agent.actor, {}))).toBe('forbidden')
  expect(await outcomeOf(runAs(addNumber, org.agent.actor, { number: '+2342017001235' }))).toBe('forbidden')
  expect(await outcomeOf(runAs(importNumbers, org.agent.actor, { list: 'number\n+2342017001235' }))).toBe('forbidden')
})
