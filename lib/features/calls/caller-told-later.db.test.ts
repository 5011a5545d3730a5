import { createHmac, randomInt } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { canonicalCalls } from '../../testing/canonical-calls.ts'
import { superuserSql } from '../../testing/database.ts'
import { databaseDump, openedDump } from '../../testing/database-dump.ts'
import { deliver } from '../../testing/hook-delivery.ts'
import { runAs, testOrganisation, testProvider, testVault } from '../../testing/organisation.ts'
import { toldCall } from '../../testing/told-call.ts'
import { addEvent, getCall, ingestCall } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const settings = {
  mapping: {
    external_id: 'id',
    caller: 'caller',
    number: 'number',
    carrier_call_id: 'leg',
    recording_url: 'url',
    occurred_at: { path: 'at' },
  },
  signature: { mode: 'hmac' },
  countries: ['NG'],
}

/** A caller nobody else's test has, so that the whole database may be searched for them. */
function someCaller() {
  const rest = `803${randomInt(1_000_000, 9_999_999)}`
  return { rest, e164: `+234${rest}`, tail: rest.slice(-7) }
}

type Said = Record<string, string>

/** An organisation that is told these events, one after the other, by a system of its own. */
async function toldBy(events: readonly Said[], masking = true) {
  const org = await testOrganisation({ masking })
  const { path, secret } = await testProvider(org.id, { kind: 'generic', settings, masking })
  for (const event of events) {
    const body = JSON.stringify(event)
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    const { status } = await deliver(path, body, {
      'content-type': 'application/json',
      'x-webhook-signature': signature,
    })
    expect(status).toBe(200)
  }
  return org
}

type Org = Awaited<ReturnType<typeof toldBy>>
const callsOf = async ({ id }: Org): Promise<Record<string, unknown>[]> => {
  const calls = [...(await canonicalCalls(sql, await testVault(id))).values()] as Record<string, unknown>[] // each a row
  return calls.map((call) => ({ ...call, events: null }))
}
/** Ids hold every seven digits some day, so they are no place; nor are digits that stand far apart. */
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const placesOf = async ({ id }: Org, tail: string): Promise<string[]> => {
  const spelt = new RegExp(tail.replaceAll(/\d(?=\d)/g, String.raw`$&\D{0,2}`))
  return [...(await databaseDump(sql)), ...(await openedDump(sql, await testVault(id)))]
    .filter(({ text }) => spelt.test(text.replaceAll(uuids, ' - ')))
    .map(({ where }) => where)
}

const at = '2026-11-24T09:00:00Z'

describe.each([true, false])('with masking %s, a number that is the caller’s', (masking) => {
  test('is taken out whichever event tells it, and whichever came first', async () => {
    const { e164, rest } = someCaller()
    const caller = { id: 'c', at, caller: e164 }
    const number = { id: 'c', at, number: `0${rest}` }
    const orders = [[{ ...caller, ...number }], [number, caller], [caller, number]]
    const ends = await Promise.all(orders.map(async (events) => callsOf(await toldBy(events, masking))))
    expect(ends[0]).toMatchObject([{ number: '[number removed]', caller_last3: rest.slice(-3) }])
    expect(ends[1]).toEqual(ends[0])
    expect(ends[2]).toEqual(ends[0])
  })

  test('and one that is ours stays', async () => {
    const { e164 } = someCaller()
    const near = `${e164.slice(0, -3)}${(Number(e164.at(-3)) + 1) % 10}${e164.slice(-2)}`
    for (const ours of ['+2342017001234', near]) {
      const events = [
        { id: 'c', at, number: ours },
        { id: 'c', at, caller: e164 },
      ]
      for (const order of [events, events.toReversed()])
        expect(await callsOf(await toldBy(order, masking))).toMatchObject([{ number: ours }])
    }
  })
})

describe('while masking is on, the caller’s digits', () => {
  test('go from names and addresses of earlier and later events alike, and from what is kept of these', async () => {
    const { e164, rest, tail } = someCaller()
    const events = [
      { id: `c-${rest}x`, at, leg: `leg${rest}x` },
      { id: `c-${rest}x`, at, caller: 'anonymous', url: `https://x.example/1732440000_${rest}.wav` },
      { id: `c-${rest}x`, at: '2026-11-24T09:00:09Z', caller: e164 },
    ]
    const orders = [events, events.toReversed(), [events[1], events[2], events[0]].filter((one) => one !== undefined)]
    const ends = []
    for (const order of orders) {
      const org = await toldBy(order)
      expect(await placesOf(org, tail)).toEqual([])
      ends.push(await callsOf(org))
    }
    expect(ends[0]).toMatchObject([
      { carrier_call_id_sealed: 'leg[number removed]x', recording_url_sealed: null, caller: 'somebody' },
    ])
    for (const end of ends) expect(end).toEqual(ends[0])
  })

  test.each([
    (rest: string) => `https://pbx.example/20261124-${rest}.wav`,
    (rest: string) => `https://pbx.example/20261124${rest}.wav`,
    (rest: string) => `https://pbx.example/a${rest}b.wav?day=20261124`,
    (rest: string) => `https://pbx.example/${rest.slice(0, 3)}x${rest.slice(3, 6)}x${rest.slice(6)}.wav`,
  ])('are in no recording’s address told on its own', async (addressOf) => {
    const { e164, rest, tail } = someCaller()
    const org = await testOrganisation()
    const { call } = await runAs(ingestCall, org.keyActor, toldCall({ caller: e164 }))
    const add = (recording_url: string) =>
      runAs(addEvent, org.keyActor, { id: call.id, event: { type: 'recording', recording_url } })
    await add(addressOf(rest))
    expect(await placesOf(org, tail)).toEqual([])
    expect((await runAs(getCall, org.agent.actor, { id: call.id })).has_recording).toBe(false)
    await add('https://pbx.example/calls/a17.wav')
    expect((await runAs(getCall, org.agent.actor, { id: call.id })).has_recording).toBe(true)
  })

  test('are in nothing stored of a call by its owner that was withheld before, either', async () => {
    const { e164, rest, tail } = someCaller()
    const org = await testOrganisation()
    const call = toldCall({ number: e164, recording_url: `https://pbx.example/1732440000_${rest}.wav` })
    await runAs(ingestCall, org.keyActor, { ...call, caller: 'anonymous', status: 'in_progress' })
    expect((await placesOf(org, tail)).toSorted()).toEqual(['call.number', 'call.recording_url_sealed'])
    await runAs(ingestCall, org.keyActor, { ...call, caller: e164 })
    expect(await placesOf(org, tail)).toEqual([])
  })
})
