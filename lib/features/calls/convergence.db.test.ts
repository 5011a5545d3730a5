import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testOrganisation, type TestOrganisation, testProvider, testVault } from '../../testing/organisation.ts'
import { someText } from '../../testing/refused.ts'
import { type ProviderDelivery, retellDay } from '../../testing/provider-replayer/retell-day.ts'
import { sendAll, sendShuffled } from '../../testing/provider-replayer/send-shuffled.ts'
import { scripts } from '../../testing/provider-replayer/scripts.ts'
import { sealed, type SealedColumn } from '../../vault/columns.ts'
import type { Vault } from '../../vault/open-vault.ts'
import { ingestCall, receiveProviderEvent } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const day = retellDay({ seed: 11, now: new Date('2026-03-01T18:00:00Z') })
type Provider = Awaited<ReturnType<typeof testProvider>>

const receive = (provider: Provider, { body }: ProviderDelivery) =>
  runAs(receiveProviderEvent, provider.actor, { raw: body, body: JSON.parse(body) as unknown })

const sealedOf: Record<string, SealedColumn> = {
  external_id_sealed: sealed.call.externalId,
  carrier_call_id_sealed: sealed.call.carrierCallId,
  outcome_sealed: sealed.call.outcome,
  summary_sealed: sealed.call.summary,
  recording_url_sealed: sealed.call.recordingUrl,
  metadata_sealed: sealed.call.metadata,
}

/** What is this organisation's or this moment's alone; the token is keyed, so whom it stands for is compared instead. */
const ownColumns = new Set(['org', 'id', 'caller_token', 'caller_sealed', 'facts_at', 'created_at', 'updated_at'])

/** Every call with its turns, opened, with callers as E.164 where they have one: the same facts give the same text. */
async function canonicalCalls(vault: Vault): Promise<Map<string, unknown>> {
  const { organisation } = vault
  const calls = new Map<string, unknown>()
  for (const row of await sql<
    { id: string; [column: string]: unknown }[]
  >`select * from call where org = ${organisation}`) {
    const turns = await sql<{ id: string; seq: number; role: string; at_ms: number; text_sealed: Uint8Array }[]>`
      select id, seq, role, at_ms, text_sealed from call_turn where org = ${organisation} and call_id = ${row.id} order by seq`
    const events = await sql<
      { kind: string }[]
    >`select kind from call_event where org = ${organisation} and call_id = ${row.id} order by kind, dedupe_hash`
    const opened = Object.entries(row).flatMap(([column, value]): [string, unknown][] => {
      if (ownColumns.has(column)) return []
      const label = sealedOf[column]
      return [[column, label && value instanceof Uint8Array ? vault.open(label, row.id, value) : value]]
    })
    const caller =
      row['caller_sealed'] instanceof Uint8Array && row['caller_token'] instanceof Uint8Array
        ? vault.open(sealed.call.caller, row.id, row['caller_sealed'], row['caller_token'])
        : row['caller_token'] && 'somebody'
    const said = turns.map(({ id, text_sealed, ...turn }) => ({
      ...turn,
      text: vault.open(sealed.callTurn.text, id, text_sealed),
    }))
    const call = { ...Object.fromEntries(opened), caller, said, events: events.map(({ kind }) => kind) }
    calls.set(String(Object.fromEntries(opened)['external_id_sealed']), call)
  }
  return calls
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

describe.each([{ masking: true }, { masking: false }])(
  'a day of a provider’s calls, masking: $masking',
  ({ masking }) => {
    const orgs: { org: TestOrganisation; provider: Provider }[] = []
    beforeAll(async () => {
      for (const [at, seed] of [3, 1_009, 77_777].entries()) {
        const org = await testOrganisation({ masking })
        const provider = await testProvider(org.id, { masking })
        orgs.push({ org, provider })
        await sendShuffled({ deliveries: day, send: (one) => receive(provider, one), seed, times: at + 1 })
      }
    })

    test('comes to the same calls whatever order and however often it was told', async () => {
      const [first, ...others] = await Promise.all(orgs.map(async ({ org }) => canonicalCalls(await testVault(org.id))))
      expect(first?.size).toBe(scripts.length)
      for (const other of others) expect(other).toEqual(first)
    })

    test('leaves each call once, each event once, and one entry that each call was made', async () => {
      for (const { org } of orgs) {
        expect(await counts(org.id)).toEqual({
          calls: scripts.length,
          sources: scripts.length,
          events: day.length,
          ingested: scripts.length,
          named: scripts.length,
        })
      }
    })

    test('told once more in order changes nothing', async () => {
      const [one] = orgs
      if (!one) throw new Error('no organisation')
      const { org, provider } = one
      const vault = await testVault(org.id)
      const before = { calls: await canonicalCalls(vault), counts: await counts(org.id), outbox: await outboxOf(org) }
      await sendAll(day, (delivery) => receive(provider, delivery), 4)
      expect({ calls: await canonicalCalls(vault), counts: await counts(org.id), outbox: await outboxOf(org) }).toEqual(
        before,
      )
    })
  },
)

const withAnalysis: unknown = expect.arrayContaining(['call_analyzed'])
const outboxOf = ({ id }: TestOrganisation) => sql`select type, payload from outbox_event where org = ${id} order by id`

describe('two first words of one call at the same moment', () => {
  test('from a provider make one call that knows both', async () => {
    const org = await testOrganisation()
    const provider = await testProvider(org.id)
    const byCall = [...Map.groupBy(day, ({ callId }) => callId).values()].filter((told) => told.length > 2)
    await Promise.all(
      byCall
        .flatMap((told) => [told[0], told.at(-1)].filter((one) => one !== undefined))
        .map((one) => receive(provider, one)),
    )
    expect(await counts(org.id)).toEqual({
      calls: byCall.length,
      sources: byCall.length,
      events: 2 * byCall.length,
      ingested: byCall.length,
      named: byCall.length,
    })
    const calls = [...(await canonicalCalls(await testVault(org.id))).values()]
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
