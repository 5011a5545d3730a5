import { randomUUID } from 'node:crypto'

import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { askFollowUp, createTag } from '#lib/features/call-work/index'
import { addEvent, getCall, ingestCall, receiveProviderEvent, setOutcome } from '#lib/features/calls/index'
import { addNote, editNote, listNotes } from '#lib/features/notes/index'

import { testCommand } from '../../guard/run.test-support.ts'
import { run } from '../../guard/run.ts'
import { recorded } from '../../guard/use-case.ts'
import { superuserSql } from '../../testing/database.ts'
import { openedDump } from '../../testing/database-dump.ts'
import {
  runAs,
  testKey,
  testOrganisation,
  type TestMember,
  type TestOrganisation,
  testVault,
} from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { toldCall } from '../../testing/told-call.ts'
import { setMasking } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

let org: TestOrganisation
beforeEach(async () => {
  org = await testOrganisation({ masking: false, plan: 'growth' })
})
const nameOf = async (): Promise<string> =>
  (await sql<{ name: string }[]>`select name from organisation where id = ${org.id}`)[0]?.name ?? ''
const switchTo = async (masking: boolean) => runAs(setMasking, org.owner.actor, { masking, name: await nameOf() })
const masked = <One extends TestMember['actor'] | TestOrganisation['keyActor']>(actor: One): One => ({
  ...actor,
  organisation: actor.organisation && { ...actor.organisation, masking: true },
})
const digits = '08037774145'

/** The columns in which they stand, opened where they are sealed. */
async function places(): Promise<string[]> {
  const opened = await openedDump(sql, await testVault(org.id))
  return [...new Set(opened.filter(({ text }) => text.includes('7774145')).map(({ where }) => where))]
}

describe('whoever was let in before masking was switched on', () => {
  test('stores no words that were not cleaned', async () => {
    const { call } = await runAs(ingestCall, org.keyActor, toldCall())
    await runAs(addNote, org.admin.actor, { id: call.id, text: 'plain' })
    const [note] = (await runAs(listNotes, org.admin.actor, { id: call.id })).data
    await switchTo(true)
    const late = [
      () => runAs(ingestCall, org.keyActor, toldCall({ caller: 'anonymous', summary: `Ring ${digits}` })),
      () =>
        runAs(addEvent, org.keyActor, { id: call.id, event: { type: 'turn', role: 'caller', text: digits, at_ms: 1 } }),
      () => runAs(setOutcome, org.admin.actor, { id: call.id, outcome: `Ring ${digits}` }),
      () => runAs(addNote, org.admin.actor, { id: call.id, text: `Ring ${digits}` }),
      () => runAs(editNote, org.admin.actor, { note: note?.id, text: `Ring ${digits}` }),
      () => runAs(askFollowUp, org.admin.actor, { id: call.id, why: `Ring ${digits}` }),
    ]
    for (const one of late) expect(await outcomeOf(one()), String(one)).toBe('done')
    // A name is not cleaned but refused.
    expect(await outcomeOf(runAs(createTag, org.admin.actor, { name: digits, colour: 'sky' }))).toBe('invalid_input')
    expect(receiveProviderEvent.kind === 'command' && receiveProviderEvent.keepsWords).toBe(true)
    // Sealed digits, which the database itself would refuse, are not made.
    expect((await runAs(ingestCall, org.keyActor, toldCall())).call.caller.hidden).toBe('not_stored')
    expect(await places()).toEqual([])
    // The same search finds what was cleaned for nobody.
    await switchTo(false)
    await runAs(addNote, org.admin.actor, { id: call.id, text: `Ring ${digits}` })
    expect(await places()).toEqual(['call_note.text_sealed'])
  })

  test('loses nothing: of many who write meanwhile every one is stored, and none uncleaned after the switch', async () => {
    const told: string[] = []
    const state = { isOver: false }
    const write = async (): Promise<void> => {
      while (!state.isOver)
        told.push((await runAs(ingestCall, org.keyActor, toldCall({ summary: `Ring ${digits}` }))).call.id)
    }
    const uncleaned = () => sql`select id from call where org = ${org.id} and caller_sealed is not null order by id`
    const more = async (many: number) => {
      const before = told.length
      await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(before + many)
    }
    const writing = Promise.all(Array.from({ length: 6 }, write))
    await more(6)
    await switchTo(true)
    const before = await uncleaned()
    await more(12)
    state.isOver = true
    await writing
    expect(before.length).toBeGreaterThan(0)
    expect(await uncleaned()).toEqual(before)
    expect(await sql`select id from call where org = ${org.id}`).toHaveLength(told.length)
  })

  test('is asked to come again when it is switched once more', async () => {
    let masking = false
    const before = async () => {
      masking = !masking
      await switchTo(masking)
    }
    const unlucky = testCommand(() => Promise.resolve(recorded({}, { target: null })), { keepsWords: true, before })
    await expect(runAs(unlucky, org.admin.actor, {})).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 1,
    })
    expect(masking, 'tried twice').toBe(false)
  })

  test('is waited for by the switch while writing', async () => {
    const { promise: isWriting, resolve: begin } = Promise.withResolvers<undefined>()
    const { promise: mayGo, resolve: go } = Promise.withResolvers<undefined>()
    const slow = testCommand(
      async ({ tx }) => {
        await tx.execute('select 1')
        begin(undefined)
        await mayGo
        return recorded({}, { target: null })
      },
      { keepsWords: true },
    )
    const order: string[] = []
    const writing = runAs(slow, org.admin.actor, {}).then(() => order.push('written'))
    await isWriting
    const switching = switchTo(true).then(() => order.push('switched'))
    await expect
      .poll(async () => (await sql`select 1 from pg_locks where locktype = 'advisory' and not granted`).length)
      .toBe(1)
    go(undefined)
    await Promise.all([writing, switching])
    expect(order).toEqual(['written', 'switched'])
  })

  test('is not given again an answer that holds digits', async () => {
    const told = toldCall()
    const { actor: key } = await testKey(org.id, {
      masking: false,
      scopes: ['calls.ingest', 'calls.view', 'numbers.view'],
    })
    const send = (actor: TestOrganisation['keyActor']) =>
      run(ingestCall, actor, told, {
        requestId: randomUUID(),
        address: '203.0.113.9',
        userAgent: 'test',
        idempotencyKey: 'one key',
      })
    const { value } = await send(key)
    expect(value.call.caller.digits).toBe('+2348035550142')
    expect((await send(key)).isReplay).toBe(true)
    await switchTo(true)
    await expect(send(masked(key))).rejects.toMatchObject({ code: 'idempotency_mismatch' })
    expect((await runAs(getCall, masked(key), { id: value.call.id })).caller.hidden).toBe('closed')
  })
})
