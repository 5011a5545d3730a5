import { expect, test } from 'vitest'

import { isOpenAt, type OpeningHours } from './opening-hours.ts'

const hours: OpeningHours = { mon: { from: '08:00', to: '18:00' }, sun: { from: '00:00', to: '23:59' } }
const at = (moment: string, zone = 'Africa/Lagos') => isOpenAt(hours, zone, new Date(moment))

test('is open from the first minute to the last before closing, by the clock on its own wall', () => {
  // A Monday; Lagos is an hour ahead of UTC.
  expect([at('2026-11-23T06:59:59Z'), at('2026-11-23T07:00:00Z')]).toEqual([false, true])
  expect([at('2026-11-23T16:59:59Z'), at('2026-11-23T17:00:00Z')]).toEqual([true, false])
  expect(at('2026-11-24T09:00:00Z'), 'a day that is not named').toBe(false)
})

test('the day is the one it is there, not here', () => {
  expect(at('2026-11-21T23:30:00Z'), 'Sunday in Lagos, Saturday in UTC').toBe(true)
  expect(at('2026-11-23T05:30:00Z', 'Africa/Nairobi')).toBe(true)
  expect(at('2026-11-23T05:30:00Z', 'Africa/Accra')).toBe(false)
})
