import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'

import { runAs, testOrganisation, type TestOrganisation } from '../../testing/organisation.ts'
import { ingestCall, listCalls } from './index.ts'

const began = Date.parse('2026-03-10T23:00:00Z')
const body = (name: string, startedAt: number, more: Record<string, unknown>) => ({
  external_id: name,
  direction: 'inbound',
  caller: '+2348035550142',
  number: '+2342017001234',
  started_at: new Date(startedAt).toISOString(),
  ...more,
})

describe('page after page of a filtered list', () => {
  const made: { id: string; started_at: string; agent: string; status: string }[] = []
  let many: TestOrganisation
  beforeAll(async () => {
    many = await testOrganisation()
    // Few moments for many calls: most pages end between calls of one moment.
    for (let at = 0; at < 40; at += 1) {
      const more = { agent: ['A', 'B'][at % 2], status: ['completed', 'failed', 'busy'][at % 3] }
      const { call } = await runAs(ingestCall, many.keyActor, body(`m-${at}`, began + (at % 6) * 60_000, more))
      made.push({ id: call.id, started_at: call.started_at, agent: call.agent ?? '', status: call.status })
    }
  })

  test('nothing comes twice or is left out, whatever the filter and the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 1, max: 15 }),
          agent: fc.constantFrom(undefined, 'A', 'B', 'C'),
          status: fc.subarray(['completed', 'failed', 'busy'], { minLength: 0 }),
          from: fc.constantFrom(undefined, began + 120_000),
        }),
        async ({ limit, agent, status, from }) => {
          const filter = {
            limit,
            ...(agent === undefined ? {} : { agent }),
            ...(status.length === 0 ? {} : { status: status.join(',') }),
            ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
          }
          const seen: string[] = []
          let cursor: string | null = null
          do {
            const page: { data: { id: string }[]; next_cursor: string | null } = await runAs(
              listCalls,
              many.agent.actor,
              {
                ...filter,
                ...(cursor === null ? {} : { cursor }),
              },
            )
            expect(page.data.length).toBeLessThanOrEqual(limit)
            seen.push(...page.data.map(({ id }) => id))
            cursor = page.next_cursor
          } while (cursor !== null)
          const fitting = made
            .filter((call) => agent === undefined || call.agent === agent)
            .filter((call) => status.length === 0 || status.includes(call.status))
            .filter((call) => from === undefined || Date.parse(call.started_at) >= from)
            .toSorted((a, b) => b.started_at.localeCompare(a.started_at) || b.id.localeCompare(a.id))
          expect(seen).toEqual(fitting.map(({ id }) => id))
        },
      ),
      { numRuns: 40 },
    )
  })
})
