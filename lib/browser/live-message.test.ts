import { expect, test } from 'vitest'

import { readLiveMessage } from './live-message.ts'

const id = '01920000-0000-7000-8000-000000000001'

test('a call event carries the id of the call', () => {
  expect(readLiveMessage('call', JSON.stringify({ id }))).toEqual({ kind: 'call', id })
})

test.each([['not json'], ['null'], ['[]'], ['{}'], ['{"id":7}'], ['{"id":"../../secret"}']])(
  'a call event saying %s is left alone',
  (data) => {
    expect(readLiveMessage('call', data)).toBeUndefined()
  },
)

test('a beat tells the server’s time and is one without it too; an unknown event is left alone', () => {
  expect(readLiveMessage('beat', '{"at":"1795511700000"}')).toEqual({ kind: 'beat', at: 1_795_511_700_000 })
  for (const data of ['', '{}', '{"at":1795511700000}', '{"at":"soon"}'])
    expect(readLiveMessage('beat', data)).toEqual({ kind: 'beat', at: undefined })
  expect(readLiveMessage('missed', '')).toEqual({ kind: 'missed' })
  expect(readLiveMessage('news', '{}')).toBeUndefined()
})

test('an ending is obeyed even when its reason is not understood', () => {
  expect(readLiveMessage('end', '{"reason":"not_allowed"}')).toEqual({ kind: 'end', reason: 'not_allowed' })
  expect(readLiveMessage('end', '{"reason":"moon"}')).toEqual({ kind: 'end', reason: 'signed_out' })
  expect(readLiveMessage('end', 'broken')).toEqual({ kind: 'end', reason: 'signed_out' })
})
