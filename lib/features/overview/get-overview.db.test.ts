import { randomUUID } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'

import { superuserSql } from '../../testing/database.ts'
import { runAs, testKey, testOrganisation, type TestOrganisation, testProvider } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { plant } from '../../testing/plant.ts'
import { getOverview } from './index.ts'

const sql = superuserSql()
afterAll(() => sql.end())

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const call = (more: object = {}) => ({
  external_id: randomUUID(),
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  agent: 'Desk',
  status: 'completed',
  started_at: minutesAgo(0),
  ...more,
})
const sent = async (org: TestOrganisation, ...calls: object[]) => {
  for (const one of calls) await runAs(ingestCall, org.keyActor, call(one))
}

describe('the home screen’s figures', () => {
  test('begin at nothing, with everything still to do', async () => {
    const org = await testOrganisation()
    expect(await runAs(getOverview, org.owner.actor, {})).toMatchObject({
      today: { calls: 0, answered: 0, talk_ms: 0 },
      spend_today: [],
      hours: [],
      wrong: null,
      start: { has_provider: false, has_call: false, masking: true, has_colleague: true },
    })
  })

  test('count today’s live calls, and nobody else’s', async () => {
    const [org, other] = [await testOrganisation(), await testOrganisation()]
    const test = await testKey(org.id, { environment: 'test' })
    await sent(
      org,
      { ended_at: minutesAgo(0), cost: { amount_minor: 500, currency: 'NGN' }, languages: ['pcm', 'en'] },
      { status: 'no_answer', ended_reason: 'no_answer', cost: { amount_minor: 250, currency: 'NGN' } },
      { status: 'in_progress', cost: { amount_minor: 7, currency: 'USD' } },
      { started_at: '2020-01-01T00:00:00Z' },
    )
    await runAs(ingestCall, test.actor, call())
    await sent(other, {}, {})
    const seen = await runAs(getOverview, org.agent.actor, {})
    expect(seen.today).toMatchObject({ calls: 3, ended: 2, answered: 1, in_progress: 1 })
    expect(seen.spend_today).toEqual([
      { currency: 'NGN', amount_minor: 750 },
      { currency: 'USD', amount_minor: 7 },
    ])
    expect(seen.hours.reduce((sum, one) => sum + one.calls, 0)).toBe(3)
    expect(seen.languages).toEqual([
      { key: 'en', calls: 1 },
      { key: 'pcm', calls: 1 },
    ])
    expect(seen.ended_reasons).toContainEqual({ key: 'no_answer', calls: 1 })
    expect(seen.start).toMatchObject({ has_call: true, has_colleague: null })
  })

  test('say what is wrong when a tenth of the calls fail', async () => {
    const org = await testOrganisation()
    await sent(org, ...Array.from({ length: 10 }, (_, at) => ({ status: at === 0 ? 'failed' : 'completed' })))
    expect((await runAs(getOverview, org.owner.actor, {})).wrong).toEqual({
      kind: 'calls_failing',
      figure: 10,
      name: null,
    })
  })

  describe('of providers', () => {
    const hour = 60
    const day = 24 * hour
    const heard = async (org: TestOrganisation, name: string, ago: number | null, more = {}) => {
      const { id } = await testProvider(org.id)
      const row = { name, ...more }
      const at = ago === null ? null : minutesAgo(ago)
      await plant(sql, org.id, id, async (tx) => {
        await tx`update provider set ${tx(row)} where org = ${org.id} and id = ${id}`
        await tx`insert into provider_activity (org, provider_id, last_event_at) values (${org.id}, ${id}, ${at})`
      })
    }
    const wrong = async (org: TestOrganisation) => (await runAs(getOverview, org.owner.actor, {})).wrong

    test('name the one of two alike that went quiet, however long ago', async () => {
      const org = await testOrganisation()
      await heard(org, 'Day line', hour)
      await heard(org, 'Night line', 40 * day + hour)
      expect(await wrong(org)).toEqual({ kind: 'provider_silent', figure: 40, name: 'Night line' })
    })

    test('name the one that has been quiet for longest', async () => {
      const org = await testOrganisation()
      await heard(org, 'Day line', 2 * day + hour)
      await heard(org, 'Night line', 3 * day + hour)
      expect(await wrong(org)).toEqual({ kind: 'provider_silent', figure: 3, name: 'Night line' })
    })

    test('name none that is switched off, sends test calls, never sent yet, sent today or is another’s', async () => {
      const [org, other] = [await testOrganisation(), await testOrganisation()]
      await heard(org, 'Off', 9 * day, { disabled_at: new Date() })
      await heard(org, 'Trial', 9 * day, { environment: 'test' })
      await heard(org, 'New', null)
      await heard(org, 'Busy', 23 * hour)
      await heard(other, 'Theirs', 9 * day)
      expect(await wrong(org)).toBeNull()
    })
  })

  test('count outcomes in their own words, however they are spaced and written, and none of a call without one', async () => {
    const org = await testOrganisation()
    await sent(org, { outcome: 'Booked' }, { outcome: 'Call back' }, { outcome: ' booked ' }, {})
    const { outcomes } = await runAs(getOverview, org.agent.actor, {})
    expect(outcomes.map(({ key, calls }) => [key.trim().toLowerCase(), calls])).toEqual([
      ['booked', 2],
      ['call back', 1],
    ])
  })

  test('are not for a member without the call log', async () => {
    const org = await testOrganisation()
    const closed = {
      ...org.agent.actor,
      membership: org.agent.actor.membership && {
        ...org.agent.actor.membership,
        toggles: { 'calls.view': 'deny' as const },
      },
    }
    expect(await outcomeOf(runAs(getOverview, closed, {}))).toBe('forbidden')
  })
})
