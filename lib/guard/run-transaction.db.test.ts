import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { apiKey } from '#drizzle/schema/api-key'

import { createKey } from '#lib/features/api-keys/index'
import { ingestCall, readTranscript } from '#lib/features/calls/index'

import type { Actor } from '../kernel/actor.ts'
import { notFound } from '../kernel/app-error.ts'
import { newId } from '../kernel/ids.ts'
import { superuserSql } from '../testing/database.ts'
import { testOrganisation, type TestOrganisation } from '../testing/organisation.ts'
import { toldCall } from '../testing/told-call.ts'
import { act, entriesOf, newKey, testCommand } from './run.test-support.ts'
import { oncePerTarget, recorded } from './use-case.ts'

const sql = superuserSql()
let org: TestOrganisation
beforeAll(async () => {
  org = await testOrganisation()
})
afterAll(() => sql.end())

describe('one transaction', () => {
  test('holds the change, its entry and its outbox rows', async () => {
    const { requestId } = await act(createKey, org.owner.actor, newKey())
    const [entry] = await entriesOf(sql, requestId)
    const rows = await sql<{ type: string; payload: unknown; xid: string }[]>`
      select type, payload, xmin::text as xid from outbox_event where org = ${org.id} and payload ->> 'id' = ${entry?.target ?? ''}`
    expect(rows).toMatchObject([{ type: 'api_key.created', payload: { id: entry?.target, environment: 'live' } }])
    const [changed] = await sql<
      { xid: string }[]
    >`select xmin::text as xid from api_key where id = ${entry?.target ?? ''}`
    // xmin is the low half of xid8.
    const low = String(BigInt(entry?.xid ?? '0') & 0xffff_ffffn)
    expect([rows[0]?.xid, changed?.xid]).toEqual([low, low])
  })

  test('keeps nothing of a command that fails at its last step', async () => {
    const id = newId()
    const useCase = testCommand(async ({ tx, organisation }) => {
      await tx.insert(apiKey).values({
        org: organisation,
        id,
        name: 'x',
        environment: 'live',
        keyHash: Buffer.from(id.replaceAll('-', '').padEnd(64, '0'), 'hex'),
        last4: 'abcd',
        scopes: [],
      })
      // Names a row that did not change: refused by the database at COMMIT.
      return recorded({}, { target: newId(), events: [{ type: 'test.named', payload: { id } }] })
    })
    const { requestId, failed } = await act(useCase, org.owner.actor, {})
    expect(failed).toMatchObject({ code: 'internal' })
    expect(await entriesOf(sql, requestId)).toEqual([])
    expect(await sql`select 1 from api_key where id = ${id}`).toEqual([])
    expect(await sql`select 1 from outbox_event where payload ->> 'id' = ${id}`).toEqual([])
  })

  test('of a command that finds nothing leaves nothing', async () => {
    const useCase = testCommand(() => Promise.reject(notFound()))
    const { requestId, failed } = await act(useCase, org.owner.actor, {})
    expect(failed).toMatchObject({ code: 'not_found' })
    expect(await entriesOf(sql, requestId)).toEqual([])
  })

  test('once per target writes on the first time only', async () => {
    const target = newId()
    const useCase = testCommand(({ input }) => Promise.resolve(recorded({}, { target, isFirst: input === true })), {
      audit: oncePerTarget('test.heard'),
    })
    expect(await entriesOf(sql, (await act(useCase, org.owner.actor, true)).requestId)).toHaveLength(1)
    expect(await entriesOf(sql, (await act(useCase, org.owner.actor, false)).requestId)).toEqual([])
  })
})

describe('a read that is an act', () => {
  test('commits its entry, naming what was read', async () => {
    const told = await act(
      ingestCall,
      org.keyActor,
      toldCall({ transcript: [{ role: 'caller', text: 'Hello', at_ms: 0 }] }),
    )
    const { call }: { call: { id: string } } = ingestCall.output.parse(told.value)
    const read = await act(readTranscript, org.agent.actor, { id: call.id })
    expect(read.value).toMatchObject({ turns: [{ text: 'Hello' }] })
    expect(await entriesOf(sql, read.requestId)).toMatchObject([
      { action: 'transcript.read', target: call.id, result: 'done', actor: org.agent.actor.id },
    ])
  })

  test('is one entry for one reading: the first look’s; another session’s and each look of a machine leave their own', async () => {
    const told = await act(
      ingestCall,
      org.keyActor,
      toldCall({ status: 'in_progress', transcript: [{ role: 'caller', text: 'Hello', at_ms: 0 }] }),
    )
    const { call }: { call: { id: string } } = ingestCall.output.parse(told.value)
    const entriesAfter = async (actor: Actor) => {
      const read = await act(readTranscript, actor, { id: call.id })
      expect(read.value).toMatchObject({ turns: [{ text: 'Hello' }] })
      return (await entriesOf(sql, read.requestId)).length
    }
    const elsewhere = { ...org.admin.actor, sessionHash: Buffer.from('another session') }
    const counts: number[] = []
    for (const actor of [
      org.admin.actor,
      org.admin.actor,
      elsewhere,
      elsewhere,
      org.owner.actor,
      org.keyActor,
      org.keyActor,
    ])
      counts.push(await entriesAfter(actor))
    expect(counts).toEqual([1, 0, 1, 0, 1, 1, 1])
    const mayNot = {
      ...org.admin.actor,
      membership: org.admin.actor.membership && {
        ...org.admin.actor.membership,
        toggles: { 'calls.view': 'deny' as const },
      },
    }
    expect((await act(readTranscript, mayNot, { id: call.id })).failed, 'a reading is no permission').toMatchObject({
      code: 'forbidden',
    })
  })

  test('that finds nothing leaves none, be the call unknown or another organisation’s', async () => {
    const other = await testOrganisation()
    const told = await act(ingestCall, other.keyActor, toldCall())
    const { call }: { call: { id: string } } = ingestCall.output.parse(told.value)
    for (const id of [newId(), call.id]) {
      const read = await act(readTranscript, org.owner.actor, { id })
      expect(read.failed).toMatchObject({ code: 'not_found' })
      expect(await entriesOf(sql, read.requestId)).toEqual([])
    }
  })
})
