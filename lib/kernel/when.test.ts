import { describe, expect, test } from 'vitest'

import { DayOrTime, When } from './when.ts'

describe('a time from outside', () => {
  test.each(['1970-01-01T00:00:00Z', '2026-11-24T09:30:00+03:00', '2099-12-31T23:59:59.999Z'])('may be %s', (text) => {
    expect(When.parse(text)).toBe(text)
    expect(DayOrTime.parse(text)).toBe(text)
  })

  test.each([
    '0000-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '2100-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-11-24T09:30:00',
    'yesterday',
  ])('is not %s, which no column or no calendar holds', (text) => {
    expect(When.safeParse(text).success).toBe(false)
    expect(DayOrTime.safeParse(text).success).toBe(false)
  })

  test('a day stands for a time only where days are meant', () => {
    expect(When.safeParse('2026-11-24').success).toBe(false)
    expect(DayOrTime.parse('2026-11-24')).toBe('2026-11-24')
  })

  test.each(['0000-01-01', '1969-12-31', '2100-01-01', '2026-02-30', '2026-1-1'])('no day is %s', (text) => {
    expect(DayOrTime.safeParse(text).success).toBe(false)
  })
})
