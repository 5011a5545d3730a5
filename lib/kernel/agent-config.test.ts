import { expect, test } from 'vitest'

import { type AgentConfig, changesBetween } from './agent-config.ts'

const config: AgentConfig = {
  greeting: 'Good day.',
  disclosure: 'An AI answers.',
  languages: ['en', 'yo'],
  voice: 'calm',
  time_zone: 'Africa/Lagos',
  hours: { mon: { from: '08:00', to: '18:00' }, sat: { from: '09:00', to: '12:00' } },
  fallback: { text: 'Call again.', number: null },
  knowledge: [],
}

test('the same config has no changes, in whatever order its parts stand', () => {
  const { greeting, ...rest } = config
  expect(
    changesBetween(config, {
      ...rest,
      hours: { sat: { from: '09:00', to: '12:00' }, mon: { from: '08:00', to: '18:00' } },
      greeting,
    }),
  ).toEqual([])
})

test('each change is one field with both its values; a day that closes and a number that comes have one', () => {
  const after: AgentConfig = {
    ...config,
    greeting: 'Ẹ káàsán.',
    languages: ['yo', 'en'],
    hours: { mon: { from: '08:00', to: '20:00' } },
    fallback: { text: 'Call again.', number: '+2342017000100' },
  }
  expect(changesBetween(config, after)).toEqual([
    { field: 'greeting', before: 'Good day.', after: 'Ẹ káàsán.' },
    { field: 'languages', before: 'en, yo', after: 'yo, en' },
    { field: 'hours.mon', before: '08:00–18:00', after: '08:00–20:00' },
    { field: 'fallback.number', before: null, after: '+2342017000100' },
    { field: 'hours.sat', before: '09:00–12:00', after: null },
  ])
})

test('from nothing, everything that says something is a change', () => {
  expect(changesBetween(null, config).map(({ field }) => field)).toEqual([
    'greeting',
    'disclosure',
    'languages',
    'voice',
    'time_zone',
    'hours.mon',
    'hours.sat',
    'fallback.text',
  ])
})
