import { randomUUID } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { ingestCall } from '#lib/features/calls/index'

import { runAs, testKey, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { getOverview } from './index.ts'

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
