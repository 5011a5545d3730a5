import { randomInt } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { ApiKeyActor } from '../../kernel/actor.ts'
import { superuserSql } from '../../testing/database.ts'
import { databaseDump, type DumpedValue, openedDump } from '../../testing/database-dump.ts'
import {
  runAs,
  testKey,
  testOrganisation,
  type TestOrganisation,
  testProvider,
  testVault,
} from '../../testing/organisation.ts'
import { plant } from '../../testing/plant.ts'
import { sampleAnalyzed } from '../../testing/provider-replayer/retell-sample.ts'
import { sealed } from '../../vault/columns.ts'
import { VaultError } from '../../vault/vault-error.ts'
import {
  addEvent,
  getCall,
  ingestCall,
  listCalls,
  lookUpCaller,
  readTranscript,
  receiveProviderEvent,
} from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

// A caller nobody else's test has, so that the whole database may be searched for them.
const rest = String(randomInt(1_000_000, 9_999_999))
const caller = `+234803${rest}`
const national = `0803${rest}`
const spaced = `0803 ${rest.slice(0, 3)} ${rest.slice(3)}`
const inLines = `0803\n${rest.slice(0, 3)}\n${rest.slice(3)}`
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const spoken = Array.from(national)
  .map((digit) => digits[Number(digit)])
  .join(' ')
const carried = Array.from(`803${rest}`).join(String.raw`(?:\D|\\n)?`)
const findable = new RegExp(`${carried}|${spoken}`)

const found = (dump: readonly DumpedValue[]): string[] =>
  dump.filter(({ text }) => findable.test(text)).map(({ where }) => where)

const bodyWith = (number: string, id: string) => ({
  external_id: id,
  direction: 'inbound',
  caller: number,
  number: '+2342017001234',
  agent: `Desk ${spaced}`,
  status: 'completed',
  started_at: '2026-11-24T09:00:00Z',
  ended_at: '2026-11-24T09:02:10Z',
  outcome: `call ${spaced}`,
  summary: `Asked to be called on ${spoken}.`,
  recording_url: `https://recordings.example/${encodeURIComponent(spaced)}.wav`,
  consent: { state: 'given', type: `by ${spaced}` },
  metadata: { phone: caller, [`told ${spaced}`]: 'yes', number: Number(national) },
  transcript: [
    { role: 'caller', text: `It is ${national.slice(0, 4)}`, at_ms: 0 },
    { role: 'agent', text: 'okay', at_ms: 900 },
    { role: 'caller', text: national.slice(4), at_ms: 1_800 },
  ],
})

const events = [
  { type: 'turn', role: 'caller', text: `once more: ${inLines}`, at_ms: 2_500_000 },
  { type: 'tool_call', name: 'crm_lookup', result: `{"phone":"${caller}"}`, at_ms: 2_600_000 },
  { type: 'dtmf', digits: `${national}#`, at_ms: 2_700_000 },
  { type: 'recording', recording_url: `https://recordings.example/${national}.wav` },
]

const retellEvent = JSON.stringify({
  event: 'call_analyzed',
  call: {
    ...sampleAnalyzed,
    from_number: caller,
    agent_name: `Ada ${spaced}`,
    recording_url: `https://recordings.example/${national}.wav`,
    metadata: { phone: caller },
    transcript_object: [{ role: 'user', content: `I am on ${spoken}`, words: [{ word: spaced, start: 1 }] }],
    call_cost: { combined_cost: 12, product_costs: [{ product: `line to ${national}`, cost: 12 }] },
    call_analysis: { call_summary: `Call ${spaced}.`, call_successful: true, user_sentiment: 'Positive' },
  },
})

describe('while masking is on', () => {
  let org: TestOrganisation
  let id: string
  beforeAll(async () => {
    org = await testOrganisation()
    const told = await runAs(ingestCall, org.keyActor, bodyWith(caller, `crm-${national}`), { idempotencyKey: 'once' })
    id = told.call.id
    for (const event of events) await runAs(addEvent, org.keyActor, { id, event }, { idempotencyKey: event.type })
    const provider = await testProvider(org.id)
    await runAs(receiveProviderEvent, provider.actor, { raw: retellEvent, body: JSON.parse(retellEvent) as unknown })
    await runAs(lookUpCaller, org.keyActor, { caller: spaced })
    // What is refused leaves a trail of its own.
    await Promise.allSettled([
      runAs(ingestCall, org.keyActor, { ...bodyWith(caller, 'x'), [national]: caller }),
      runAs(ingestCall, org.owner.actor, bodyWith(caller, 'x')),
    ])
    await runAs(readTranscript, org.owner.actor, { id })
  })

  test('the search finds a copy planted as text and one planted as bytes', async () => {
    const undone = new Error('undone')
    const planting = sql.begin(async (tx) => {
      await tx`insert into outbox_event (org, id, type, payload) values (${org.id}, gen_random_uuid(), 'x.y', ${sql.json({ note: spaced })})`
      await tx`insert into idempotency_answer (org, actor, key_hash, id, use_case, fingerprint, answer_sealed, expires_at)
        select org, actor, sha256('x'), gen_random_uuid(), ${spoken}, ${Buffer.from(national.padEnd(32))}, answer_sealed, now() from idempotency_answer where org = ${org.id} limit 1`
      expect(found(await databaseDump(tx)).toSorted()).toEqual([
        'idempotency_answer.fingerprint',
        'idempotency_answer.use_case',
        'outbox_event.payload',
      ])
      throw undone
    })
    await expect(planting).rejects.toBe(undone)
  })

  test('a caller’s digits stand in no column of any table', async () => {
    expect(found(await databaseDump(sql))).toEqual([])
  })

  test('nor in anything sealed: whoever has database and keys does not have them either', async () => {
    const opened = await openedDump(sql, await testVault(org.id))
    expect(new Set(opened.map(({ where }) => where)).size).toBeGreaterThanOrEqual(8)
    expect(found(opened)).toEqual([])
  })

  test('they leave in no answer, whoever asks', async () => {
    for (const actor of [
      org.owner.actor,
      org.admin.actor,
      org.agent.actor,
      org.keyActor,
      { ...org.keyActor, scopes: ['calls.view', 'numbers.view'] as const },
    ]) {
      const answers = [
        await runAs(getCall, actor, { id }),
        await runAs(listCalls, actor, {}),
        await runAs(readTranscript, actor, { id }),
      ]
      for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(findable)
      expect((await runAs(getCall, actor, { id })).caller).toMatchObject({
        masked: `+234 *** *** ${rest.slice(-3)}`,
        hidden: 'not_stored',
      })
    }
  })

  test('a caller is the same token however written, and another one in another organisation', async () => {
    const tokenIn = async (where: TestOrganisation, number: string, name: string) =>
      (await runAs(ingestCall, where.keyActor, bodyWith(number, name))).call.caller.token
    const other = await testOrganisation()
    const token = await tokenIn(org, caller, 'a')
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    for (const written of [spaced, `tel:${caller}`, `sip:${caller}@carrier.example`]) {
      expect(await tokenIn(org, written, written.slice(0, 4))).toBe(token)
    }
    expect((await runAs(lookUpCaller, org.agent.actor, { caller: spaced })).token).toBe(token)
    expect(await tokenIn(org, `+234805${rest}`, 'b')).not.toBe(token)
    expect(await tokenIn(other, caller, 'a')).not.toBe(token)
  })
})

describe('while masking is off', () => {
  let org: TestOrganisation
  let id: string
  let seeing: ApiKeyActor
  beforeAll(async () => {
    org = await testOrganisation({ masking: false })
    seeing = (await testKey(org.id, { masking: false, scopes: ['calls.view', 'numbers.view'] })).actor
    id = (await runAs(ingestCall, org.keyActor, bodyWith(caller, 'one'))).call.id
  })

  const stored = async (callId: string) => {
    const [row] = await sql<
      { caller_sealed: Uint8Array; caller_token: Uint8Array }[]
    >`select caller_sealed, caller_token from call where org = ${org.id} and id = ${callId}`
    if (!row) throw new Error('no such call')
    return row
  }

  test('the digits are kept sealed, and open to E.164 with the caller’s token only', async () => {
    const { caller_sealed, caller_token } = await stored(id)
    const vault = await testVault(org.id)
    expect(vault.open(sealed.call.caller, id, caller_sealed, caller_token)).toBe(caller)
    expect(() => vault.open(sealed.call.caller, id, caller_sealed)).toThrow(VaultError)
    expect(() => vault.open(sealed.call.caller, id, caller_sealed, Buffer.alloc(32))).toThrow(VaultError)
  })

  test('even then they stand in no column in the open', async () => {
    expect(found(await databaseDump(sql))).toEqual([])
  })

  test.each(['caller_sealed', 'caller_token'] as const)(
    'two calls whose %s were swapped in the database are refused, not mistaken',
    async (column) => {
      const [one, two] = await Promise.all([
        runAs(ingestCall, org.keyActor, bodyWith(caller, `${column} 1`)),
        runAs(ingestCall, org.keyActor, bodyWith(`+234805${rest}`, `${column} 2`)),
      ])
      const rows = { one: await stored(one.call.id), two: await stored(two.call.id) }
      for (const [to, from] of [
        [one, rows.two],
        [two, rows.one],
      ] as const) {
        await plant(
          sql,
          org.id,
          to.call.id,
          (tx) => tx`update call set ${sql({ [column]: from[column] })} where org = ${org.id} and id = ${to.call.id}`,
        )
      }
      for (const { call } of [one, two])
        await expect(runAs(getCall, seeing, { id: call.id })).rejects.toMatchObject({ code: 'internal' })
      // Put back, or every later list of this organisation would be refused too.
      for (const [to, back] of [
        [one, rows.one],
        [two, rows.two],
      ] as const) {
        await plant(
          sql,
          org.id,
          to.call.id,
          (tx) => tx`update call set ${sql({ [column]: back[column] })} where org = ${org.id} and id = ${to.call.id}`,
        )
      }
      expect((await runAs(getCall, seeing, { id: one.call.id })).caller.digits).toBe(caller)
    },
  )

  test('digits leave for a key whose scopes include phone numbers, and for nobody else', async () => {
    expect((await runAs(getCall, seeing, { id })).caller).toMatchObject({ digits: caller, hidden: 'none' })
    expect((await runAs(listCalls, seeing, {})).data.map(({ caller }) => caller.digits)).toContain(caller)
    for (const actor of [org.owner.actor, org.admin.actor, org.agent.actor, org.keyActor]) {
      const one = (await runAs(getCall, actor, { id })).caller
      const hidden = [org.owner.actor, org.admin.actor].some((able) => able.id === actor.id) ? 'sealed' : 'not_allowed'
      expect(one).toMatchObject({ masked: `+234 *** *** ${rest.slice(-3)}`, hidden })
      expect(one).not.toHaveProperty('digits')
      expect(JSON.stringify((await runAs(listCalls, actor, {})).data.map(({ caller }) => caller))).not.toMatch(findable)
    }
  })

  test('a key with that scope still gets none where masking is on', async () => {
    const other = await testOrganisation()
    const key = await testKey(other.id, { scopes: ['calls.ingest', 'calls.view', 'numbers.view'] })
    const { call } = await runAs(ingestCall, key.actor, bodyWith(caller, 'one'))
    expect(call.caller).not.toHaveProperty('digits')
  })

  test('who may see numbers reads text as it was said; everybody else reads it without', async () => {
    for (const member of [org.owner, org.admin]) {
      expect((await runAs(getCall, member.actor, { id })).summary).toContain(spoken)
      expect((await runAs(readTranscript, member.actor, { id })).turns.map(({ text }) => text)).toEqual([
        `It is ${national.slice(0, 4)}`,
        'okay',
        national.slice(4),
      ])
    }
    for (const actor of [org.agent.actor, org.keyActor]) {
      expect(await runAs(getCall, actor, { id })).toMatchObject({
        summary: 'Asked to be called on [number removed].',
        outcome: 'call [number removed]',
      })
    }
    const blind = {
      ...org.admin.actor,
      membership: { ...memberOf(org.admin), toggles: { 'numbers.view': 'deny' as const } },
    }
    expect((await runAs(getCall, blind, { id })).summary).not.toContain(spoken)
  })

  test('a number read out over several turns is taken out of each for an agent', async () => {
    const { turns } = await runAs(readTranscript, org.agent.actor, { id })
    expect(turns.map(({ text }) => text)).toEqual(['It is [number removed]', 'okay', '[number removed]'])
  })

  function memberOf({ actor }: TestOrganisation['admin']) {
    if (!actor.membership) throw new Error('a member has a membership')
    return actor.membership
  }
})
