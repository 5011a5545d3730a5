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
      () => runAs(createTag, org.admin.actor, { name: digits, colour: 'sky' }),
    ]
    for (const one of late) await expect(one(), String(one)).rejects.toMatchObject({ code: 'unavailable' })
    expect(receiveProviderEvent.kind === 'command' && receiveProviderEvent.keepsWords).toBe(true)
    // With sealed digits in it the database itself refuses, and is answered no differently.
    await expect(runAs(ingestCall, org.keyActor, toldCall())).rejects.toMatchObject({ code: 'unavailable' })
    expect(await places()).toEqual([])
    // The same search finds what was cleaned for nobody.
    await switchTo(false)
    await runAs(addNote, org.admin.actor, { id: call.id, text: `Ring ${digits}` })
    expect(await places()).toEqual(['call_note.text_sealed'])
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
