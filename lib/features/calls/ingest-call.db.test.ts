import { beforeAll, describe, expect, test } from 'vitest'

import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { outcomeOf } from '../../testing/outcome.ts'
import { getCall, ingestCall, listCalls, readTranscript } from './index.ts'

const caller = '+2348035550142'
const body = {
  external_id: 'c-1',
  direction: 'inbound',
  caller,
  number: '+2342017001234',
  agent: 'Front desk',
  status: 'completed',
  started_at: '2026-11-24T09:00:00Z',
  ended_at: '2026-11-24T09:02:10Z',
  ended_reason: 'caller_hung_up',
  transcript: [
    { role: 'agent', text: 'Good morning, how can I help?', at_ms: 0 },
    { role: 'caller', text: 'My number is 0803 555 0142, call me back.', at_ms: 2_500 },
  ],
}

describe('a call told by its owner', () => {
  let org: TestOrganisation
  beforeAll(async () => {
    org = await testOrganisation()
  })

  test('is stored masked and comes back masked', async () => {
    const { call, is_new } = await runAs(ingestCall, org.keyActor, body)
    expect(is_new).toBe(true)
    expect(call.caller).toMatchObject({ masked: '+234 *** *** 142', hidden: 'not_stored' })
    const shown = await runAs(getCall, org.agent.actor, { id: call.id })
    expect(shown.turn_count).toBe(2)
    const { turns } = await runAs(readTranscript, org.agent.actor, { id: call.id })
    expect(turns.map((turn) => turn.text).join(' ')).toContain('[number removed]')
  })

  test('carries at most fifty entries of metadata, and no NUL in any text', async () => {
    const metadata = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]))
    const tell = (more: object) => outcomeOf(runAs(ingestCall, org.keyActor, { ...body, external_id: 'c-3', ...more }))
    expect([await tell({ metadata: metadata(51) }), await tell({ metadata: metadata(50) })]).toEqual([
      'invalid_input',
      'done',
    ])
    expect(await tell({ external_id: 'c-4', agent: 'Front\0desk' })).toBe('done')
    const { data } = await runAs(listCalls, org.agent.actor, { agent: 'Front\0desk' })
    expect(data.map(({ agent }) => agent)).toEqual(['Frontdesk'])
  })

  test('told again is merged, not doubled', async () => {
    const first = await runAs(ingestCall, org.keyActor, { ...body, external_id: 'c-2' })
    const again = await runAs(ingestCall, org.keyActor, { ...body, external_id: 'c-2' })
    expect(again.is_new).toBe(false)
    expect(again.call.id).toBe(first.call.id)
    const page = await runAs(listCalls, org.agent.actor, {})
    expect(page.data.filter((one) => one.id === first.call.id)).toHaveLength(1)
  })
})
