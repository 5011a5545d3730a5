import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Actor } from '../../kernel/actor.ts'
import { NUMBER_REMOVED } from '../../kernel/redaction.ts'
import { superuserSql } from '../../testing/database.ts'
import { runAs, type TestMember, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { getCall, ingestCall, listNeighbours, listOpenings, readTranscript, setOutcome } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
beforeAll(async () => {
  ;[org, other] = await Promise.all([testOrganisation(), testOrganisation()])
})

const told = (more: Record<string, unknown> = {}) => ({
  external_id: randomUUID(),
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'completed',
  started_at: '2026-11-24T09:00:00Z',
  ...more,
})
const callOf = async ({ keyActor }: TestOrganisation, more: Record<string, unknown> = {}) =>
  (await runAs(ingestCall, keyActor, told(more))).call.id
const withToggles = (who: TestMember, toggles: Record<string, 'allow' | 'deny'>) => ({
  ...who.actor,
  membership: who.actor.membership && { ...who.actor.membership, toggles },
})

describe('what a person says came of a call', () => {
  test('stands over what was told before and after, field by field', async () => {
    const external_id = randomUUID()
    const id = await callOf(org, { external_id, outcome: 'Machine says' })
    const set = (input: Record<string, unknown>) => runAs(setOutcome, org.agent.actor, { id, ...input })
    expect(await set({ success: false })).toEqual({ outcome: 'Machine says', success: false })
    await runAs(ingestCall, org.keyActor, told({ external_id, outcome: 'Machine says otherwise' }))
    expect(await runAs(getCall, org.agent.actor, { id })).toMatchObject({
      outcome: 'Machine says otherwise',
      success: false,
      judged: ['success'],
    })
    expect(await set({ outcome: '  Call back ' })).toEqual({ outcome: 'Call back', success: false })
    await runAs(ingestCall, org.keyActor, told({ external_id, outcome: 'Machine insists', summary: 'News' }))
    expect(await runAs(getCall, org.agent.actor, { id })).toMatchObject({
      outcome: 'Call back',
      summary: 'News',
      judged: ['success', 'outcome'],
    })
    expect(await set({ outcome: null, success: null })).toEqual({ outcome: null, success: null })
    const entries = await sql<{ body: Buffer }[]>`
      select body from audit_entry where target = ${id} and action = 'call.outcome-set'`
    expect(entries).toHaveLength(3)
    expect(entries.map(({ body }) => body.toString()).join()).not.toContain('Call back')
  })

  test('is taken back by an undo, field by field: what events say counts again', async () => {
    const external_id = randomUUID()
    const id = await callOf(org, { external_id, outcome: 'Machine says' })
    const set = (input: Record<string, unknown>) => runAs(setOutcome, org.agent.actor, { id, ...input })
    await set({ outcome: 'Booked' })
    await set({ success: true })
    await set({ outcome: 'Machine says', judges: false })
    expect(await runAs(getCall, org.agent.actor, { id })).toMatchObject({
      outcome: 'Machine says',
      judged: ['success'],
    })
    await runAs(ingestCall, org.keyActor, told({ external_id, outcome: 'Machine knows better' }))
    await set({ success: null, judges: false })
    expect(await runAs(getCall, org.agent.actor, { id })).toMatchObject({
      outcome: 'Machine knows better',
      success: null,
      judged: [],
    })
    expect(await sql`select judged_at, judged_by from call where id = ${id}`).toMatchObject([
      { judged_at: null, judged_by: null },
    ])
  })

  test('is said by whoever may see calls, and by nobody else', async () => {
    const id = await callOf(org)
    const set = (actor: Actor) => outcomeOf(runAs(setOutcome, actor, { id, success: true }))
    for (const { actor } of [org.owner, org.admin, org.agent]) expect(await set(actor)).toBe('done')
    expect(await set(withToggles(org.agent, { 'calls.view': 'deny' }))).toBe('forbidden')
    expect(await set(org.keyActor)).toBe('forbidden')
    expect(await set(other.owner.actor)).toBe('not_found')
  })

  test('is stored without numbers while masking is on', async () => {
    const id = await callOf(org)
    const { outcome } = await runAs(setOutcome, org.admin.actor, { id, outcome: 'Ring 0803 777 4145' })
    expect(outcome).toBe(`Ring ${NUMBER_REMOVED}`)
  })
})

test('neighbours are the next newer and the next older call of one environment, by time and then by id', async () => {
  const own = await testOrganisation()
  const at = (hour: number) => ({ started_at: `2026-11-24T0${hour}:00:00Z` })
  const [old, mid, twin, young] = [
    await callOf(own, at(1)),
    await callOf(own, at(2)),
    await callOf(own, at(2)),
    await callOf(own, at(3)),
  ]
  await callOf(other, at(2))
  const of = (id: string) => runAs(listNeighbours, own.agent.actor, { id })
  expect(await of(young ?? '')).toEqual({ newer: null, older: twin })
  expect(await of(twin ?? '')).toEqual({ newer: young, older: mid })
  expect(await of(mid ?? '')).toEqual({ newer: twin, older: old })
  expect(await of(old ?? '')).toEqual({ newer: mid, older: null })
  expect(await runAs(listNeighbours, other.agent.actor, { id: mid ?? '' })).toEqual({ newer: null, older: null })
})

test('who opened a call is told by name to whom the log is open, and to others as a number of people', async () => {
  const id = await callOf(org, { transcript: [{ role: 'caller', text: 'hello', at_ms: 0 }] })
  await runAs(readTranscript, org.agent.actor, { id })
  await runAs(readTranscript, org.owner.actor, { id })
  await runAs(readTranscript, org.keyActor, { id })
  const full = await runAs(listOpenings, org.admin.actor, { id })
  expect(full.people).toBe(2)
  expect(full.data?.map(({ action, who, kind }) => [action, who, kind])).toEqual([
    ['transcript.read', 'Test key', 'api_key'],
    ['transcript.read', 'Test owner', 'person'],
    ['transcript.read', 'Test agent', 'person'],
  ])
  expect(await runAs(listOpenings, org.agent.actor, { id })).toEqual({ people: 2, data: null })
  expect(await runAs(listOpenings, other.admin.actor, { id })).toEqual({ people: 0, data: [] })
})
