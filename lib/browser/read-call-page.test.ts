import { expect, test } from 'vitest'

import { readCallPage } from './read-call-page.ts'

const call = {
  id: 'a',
  status: 'completed',
  status_raw: null,
  direction: 'inbound',
  environment: 'live',
  started_at: '2026-01-01T00:00:00Z',
  caller: { kind: 'number', masked: '+234 *** *** 789', hidden: 'not_stored' },
  agent: null,
  outcome: null,
  talk_ms: 1,
  cost: null,
  tags: [],
  follow_up: null,
}

test('a page of calls is read', () => {
  expect(readCallPage({ data: [call], next_cursor: null })?.data).toHaveLength(1)
})

test.each([
  [null],
  [[]],
  [{ data: {} }],
  [{ data: [{}], next_cursor: null }],
  [{ data: [{ ...call, caller: null }], next_cursor: null }],
  [{ data: [call] }],
])('anything else is not a page: %j', (value) => {
  expect(readCallPage(value)).toBeUndefined()
})
