import { expect, test } from 'vitest'

import { pluralIn } from './plural.ts'
import { words } from './words.ts'

test('one call is singular, none and many are plural, and thousands are grouped', () => {
  expect([0, 1, 2, 1204].map(words.calls.newCalls)).toEqual([
    '0 new calls',
    '1 new call',
    '2 new calls',
    '1,204 new calls',
  ])
})

test('a language with more forms gets the one it asks for', () => {
  const polish = pluralIn('pl')
  const forms = { one: '# rozmowa', few: '# rozmowy', many: '# rozmów', other: '# rozmowy' }
  expect([1, 3, 5].map((count) => polish(count, forms))).toEqual(['1 rozmowa', '3 rozmowy', '5 rozmów'])
})

test('a wait is rounded up, so that nobody comes back too early', () => {
  expect(words.signIn.limited(61)).toContain('in 2 minutes')
  expect(words.signIn.limited(0.2)).toContain('in 1 second.')
})

test('an ending is said in plain words, with the time where there was one', () => {
  expect(words.calls.ended('caller_hung_up', 'completed', '2 min 10 s')).toBe('The caller hung up after 2 min 10 s')
  expect(words.calls.ended(null, 'in_progress', null)).toBe('Call in progress')
  expect(words.calls.ended(null, 'canceled', null)).toBe('Cancelled')
})
