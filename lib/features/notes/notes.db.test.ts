import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'

import type { Actor } from '../../kernel/actor.ts'
import { NUMBER_REMOVED } from '../../kernel/redaction.ts'
import { superuserSql } from '../../testing/database.ts'
import { databaseDump, openedDump } from '../../testing/database-dump.ts'
import {
  runAs,
  type TestMember,
  testOrganisation,
  type TestOrganisation,
  testVault,
} from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { addNote, deleteNote, editNote, listNotes } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
let other: TestOrganisation
let unmasked: TestOrganisation
beforeAll(async () => {
  ;[org, other, unmasked] = await Promise.all([
    testOrganisation(),
    testOrganisation(),
    testOrganisation({ masking: false }),
  ])
})

async function callOf({ keyActor }: TestOrganisation): Promise<string> {
  const told = {
    external_id: randomUUID(),
    direction: 'inbound',
    caller: '+2348035550142',
    number: '+2342017001234',
    agent: 'Desk',
    status: 'completed',
    started_at: '2026-11-24T09:00:00Z',
  }
  return (await runAs(ingestCall, keyActor, told)).call.id
}
const add = async (actor: Actor, id: string, text = 'Asked for Thursday') =>
  (await runAs(addNote, actor, { id, text })).note
const list = async (actor: Actor, id: string) => (await runAs(listNotes, actor, { id })).data
const withToggles = (who: TestMember, toggles: Record<string, 'allow' | 'deny'>) => ({
  ...who.actor,
  membership: who.actor.membership && { ...who.actor.membership, toggles },
})

describe('a note', () => {
  test('is written by an agent, read by all who see calls, and says whose it is', async () => {
    const id = await callOf(org)
    const note = await add(org.agent.actor, id)
    expect(note).toMatchObject({ text: 'Asked for Thursday', author: 'Test agent', is_own: true, edited_at: null })
    expect(await list(org.owner.actor, id)).toEqual([{ ...note, is_own: false, may_change: true }])
    const entries = await sql<{ action: string; body: Buffer }[]>`
      select action, body from audit_entry where target = ${id} and action like 'note.%'`
    expect(entries.map(({ action }) => action)).toEqual(['note.added'])
    expect(entries[0]?.body.toString()).toContain(note.id)
    expect(entries[0]?.body.toString()).not.toContain('Thursday')
  })

  test('is edited and deleted by its author, or by who manages calls, and then it says so', async () => {
    const id = await callOf(org)
    const note = await add(org.agent.actor, id)
    const own = (await runAs(editNote, org.agent.actor, { note: note.id, text: 'Friday' })).note
    expect(own).toMatchObject({ text: 'Friday', edited_by: null })
    expect(own.edited_at).not.toBeNull()
    const theirs = (await runAs(editNote, org.admin.actor, { note: note.id, text: 'Saturday' })).note
    expect(theirs).toMatchObject({ author: 'Test agent', edited_by: 'Test admin', is_own: false })
    const admins = await add(org.admin.actor, id, 'Mine')
    for (const act of [editNote, deleteNote]) {
      const given = act === editNote ? { note: admins.id, text: 'x' } : { note: admins.id }
      expect(await outcomeOf(runAs(act, org.agent.actor, given))).toBe('forbidden')
    }
    await runAs(deleteNote, org.owner.actor, { note: admins.id })
    await runAs(deleteNote, org.agent.actor, { note: note.id })
    expect(await list(org.owner.actor, id)).toEqual([])
  })

  test('is closed to who may not see calls, to machines and to another organisation', async () => {
    const id = await callOf(org)
    const note = await add(org.agent.actor, id)
    const shut = withToggles(org.agent, { 'calls.view': 'deny' })
    const acts = (actor: Actor) =>
      Promise.all([
        outcomeOf(runAs(addNote, actor, { id, text: 'x' })),
        outcomeOf(runAs(editNote, actor, { note: note.id, text: 'x' })),
        outcomeOf(runAs(deleteNote, actor, { note: note.id })),
      ])
    expect(await acts(shut)).toEqual(['forbidden', 'forbidden', 'forbidden'])
    expect(await acts(org.keyActor)).toEqual(['forbidden', 'forbidden', 'forbidden'])
    expect(await acts(other.owner.actor)).toEqual(['not_found', 'not_found', 'not_found'])
    expect(await list(other.owner.actor, id)).toEqual([])
    expect(await outcomeOf(runAs(listNotes, shut, { id }))).toBe('forbidden')
  })

  test.each(['', '   ', 'x'.repeat(4_001)])('of the wrong length is none', async (text) => {
    expect(await outcomeOf(runAs(addNote, org.agent.actor, { id: await callOf(org), text }))).toBe('invalid_input')
  })
})

describe('a number in a note', () => {
  const spoken = 'Ring back on 0803 777 4142, or oh eight oh three seven seven seven four one four three.'
  const searched = ['0803 777 4142', '8037774142', 'seven seven seven four one four three']

  test('is not stored while masking is on, written or edited', async () => {
    const id = await callOf(org)
    const { id: note, text } = await add(org.admin.actor, id, spoken)
    expect(text).toBe(`Ring back on ${NUMBER_REMOVED}, or ${NUMBER_REMOVED}.`)
    expect((await runAs(editNote, org.admin.actor, { note, text: spoken })).note.text).toBe(text)
    const everything = [...(await databaseDump(sql)), ...(await openedDump(sql, await testVault(org.id)))]
    expect(everything.filter((one) => searched.some((words) => one.text.includes(words)))).toEqual([])
    expect(
      everything.some((one) => one.text.includes('Ring back on')),
      'the note itself is found',
    ).toBe(true)
  })

  test('is sealed while masking is off, for those alone who may see digits', async () => {
    const id = await callOf(unmasked)
    const { text } = await add(unmasked.admin.actor, id, spoken)
    expect(text).toBe(spoken)
    expect((await list(unmasked.owner.actor, id))[0]?.text).toBe(spoken)
    expect((await list(unmasked.agent.actor, id))[0]?.text).not.toMatch(/0803|seven/)
    expect((await list(withToggles(unmasked.agent, { 'numbers.view': 'allow' }), id))[0]?.text).toBe(spoken)
    const dump = await databaseDump(sql)
    expect(dump.filter((one) => searched.some((words) => one.text.includes(words)))).toEqual([])
  })
})
