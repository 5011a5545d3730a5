import { beforeAll, expect, test } from 'vitest'

import type { Actor } from '../../kernel/actor.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { toldCall } from '../../testing/told-call.ts'
import { addEvent, getCall, ingestCall, listCalls } from './index.ts'

const digits = '8035550142'
const caller = `+234${digits}`
const external_id = `crm-${digits}-7`
let org: TestOrganisation
let id: string
let seesNumbers: Actor
beforeAll(async () => {
  org = await testOrganisation({ masking: false })
  id = (await runAs(ingestCall, org.keyActor, toldCall({ caller, external_id }))).call.id
  const scopes = ['calls.ingest', 'calls.view', 'numbers.view'] as const
  seesNumbers = (await testKey(org.id, { masking: false, scopes: [...scopes] })).actor
})

/** The outside id in each answer that has one. */
const namesFor = async (actor: Actor): Promise<(string | null | undefined)[]> => [
  (await runAs(getCall, actor, { id })).external_id,
  (await runAs(listCalls, actor, {})).data.find((call) => call.id === id)?.external_id,
]

test('an outside id that holds the caller’s digits is told as it was to who may see them', async () => {
  expect(await namesFor(seesNumbers)).toEqual([external_id, external_id])
})

test('a key that may not see numbers finds them no more in that id than in the caller', async () => {
  for (const name of await namesFor(org.keyActor)) {
    expect(name).not.toContain(digits)
    expect(name).not.toContain(digits.slice(-7))
    expect(name).toEqual(expect.stringMatching(/./))
  }
  const event = { type: 'status', status: 'completed', at: '2026-11-24T09:02:00Z' }
  const { call } = await runAs(addEvent, org.keyActor, { id, event })
  expect(call.external_id).not.toContain(digits)
})

test('who tells a call by that id hears it back as they said it', async () => {
  const { call } = await runAs(ingestCall, org.keyActor, toldCall({ caller, external_id }))
  expect([call.id, call.external_id]).toEqual([id, external_id])
})

test('an outside id without them is told to every key', async () => {
  const plain = toldCall({ caller })
  const { call } = await runAs(ingestCall, org.keyActor, plain)
  expect((await runAs(getCall, org.keyActor, { id: call.id })).external_id).toBe(plain.external_id)
})
