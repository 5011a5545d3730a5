import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { providerKinds } from '../../kernel/provider-kind.ts'
import { callRows, canonicalCalls } from '../../testing/canonical-calls.ts'
import { superuserSql } from '../../testing/database.ts'
import { deliver } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider, testVault } from '../../testing/organisation.ts'
import type { ProviderDelivery } from '../../testing/provider-replayer/delivery.ts'
import { hookSettings } from '../../testing/provider-replayer/hook-settings.ts'
import { replayKinds } from '../../testing/provider-replayer/kinds.ts'
import { sendAll, sendShuffled } from '../../testing/provider-replayer/send-shuffled.ts'
import { someText } from '../../testing/refused.ts'
import { ingestCall } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

type Kind = (typeof providerKinds)[number]
type Provider = Awaited<ReturnType<typeof testProvider>>

function hookOf(org: TestOrganisation, kind: Kind): Promise<Provider> {
  const { settings, isSigned } = hookSettings[kind]
  return testProvider(org.id, { kind, settings, masking: org.masking, ...(isSigned ? {} : { secret: null }) })
}

/** Over the door, signed as its provider signs. */
async function send(kind: Kind, { path, secret }: Provider, { body }: ProviderDelivery): Promise<void> {
  const headers = await replayKinds[kind].headers(body, { url: `https://localhost:8443${path}`, secret })
  const answer = await deliver(path, body, headers)
  if (answer.status !== 200) throw new Error(`a delivery was answered ${answer.status}: ${await answer.text()}`)
}

const counts = async (org: string) => {
  const [row] = await sql<{ calls: number; sources: number; events: number; ingested: number; named: number }[]>`
    select (select count(*)::int from call where org = ${org}) as calls,
      (select count(*)::int from call_source where org = ${org}) as sources,
      (select count(*)::int from call_event where org = ${org}) as events,
      (select count(*)::int from audit_entry where org = ${org} and action = 'call.ingested') as ingested,
      (select count(distinct target)::int from audit_entry where org = ${org} and action = 'call.ingested' and target in (select id from call where org = ${org})) as named`
  return row
}

/** Acknowledged, with nothing in them to store. */
const chatter = new Set(['speech-update', 'transcript', 'hang'])

const table = providerKinds.flatMap((kind) => [true, false].map((masking) => ({ kind, masking })))
describe.each(table)('a day of $kind, masking: $masking', ({ kind, masking }) => {
  const day = replayKinds[kind].day({ seed: 11, now: new Date(Date.now() - 60_000) })
  const calls = new Set(day.map(({ callId }) => callId)).size
  const stored = day.filter(({ event }) => !chatter.has(event)).length
  const orgs: { org: TestOrganisation; provider: Provider }[] = []
  beforeAll(async () => {
    const ways: ((send: (one: ProviderDelivery) => Promise<void>) => Promise<unknown>)[] = [
      (send) => sendAll(day, send, 1),
      (send) => sendShuffled({ deliveries: day, send, seed: 1_009 }),
      (send) => sendShuffled({ deliveries: day, send, seed: 77_777, times: 3 }),
    ]
    for (const play of ways) {
      const org = await testOrganisation({ masking })
      const provider = await hookOf(org, kind)
      orgs.push({ org, provider })
      await play((one) => send(kind, provider, one))
    }
  })

  test('comes to the same calls whatever order and however often it was told', async () => {
    const [first, ...others] = await Promise.all(
      orgs.map(async ({ org }) => canonicalCalls(sql, await testVault(org.id))),
    )
    expect(first?.size).toBe(calls)
    expect(calls).toBeGreaterThanOrEqual(12)
    for (const other of others) expect(other).toEqual(first)
  })

  test('leaves each call once, each event once, and one entry that each call was made', async () => {
    for (const { org } of orgs)
      expect(await counts(org.id)).toEqual({ calls, sources: calls, events: stored, ingested: calls, named: calls })
  })

  test('told once more changes no byte of any row', async () => {
    const [one] = orgs
    if (!one) throw new Error('no organisation')
    const before = await callRows(sql, one.org.id)
    await sendAll(day, (delivery) => send(kind, one.provider, delivery), 4)
    expect(await callRows(sql, one.org.id)).toEqual(before)
  })
})

const withAnalysis: unknown = expect.arrayContaining(['call_analyzed'])

describe('two first words of one call at the same moment', () => {
  test('from a provider make one call that knows both', async () => {
    const org = await testOrganisation()
    const provider = await hookOf(org, 'retell')
    const day = replayKinds.retell.day({ seed: 11, now: new Date() })
    const byCall = [...Map.groupBy(day, ({ callId }) => callId).values()].filter((told) => told.length > 2)
    await Promise.all(
      byCall
        .flatMap((told) => [told[0], told.at(-1)].filter((one) => one !== undefined))
        .map((one) => send('retell', provider, one)),
    )
    expect(await counts(org.id)).toEqual({
      calls: byCall.length,
      sources: byCall.length,
      events: 2 * byCall.length,
      ingested: byCall.length,
      named: byCall.length,
    })
    const calls = [...(await canonicalCalls(sql, await testVault(org.id))).values()]
    for (const call of calls)
      expect(call).toMatchObject({
        events: withAnalysis,
        summary_sealed: someText,
      })
  })

  test('from its owner make one call, new for one of them and known to the other', async () => {
    const org = await testOrganisation()
    const body = {
      external_id: 'twice',
      direction: 'inbound',
      caller: '+2348035550142',
      number: '+2342017001234',
      agent: 'Desk',
      started_at: '2026-11-24T09:00:00Z',
    }
    const told = await Promise.all(
      ['ringing', 'completed', 'in_progress'].map((status) => runAs(ingestCall, org.keyActor, { ...body, status })),
    )
    expect(new Set(told.map(({ call }) => call.id)).size).toBe(1)
    expect(told.filter(({ is_new }) => is_new)).toHaveLength(1)
    expect(await counts(org.id)).toMatchObject({ calls: 1, events: 3, ingested: 1 })
    const [row] = await sql<{ status: string }[]>`select status from call where org = ${org.id}`
    expect(row?.status).toBe('completed')
  })
})
