import { describe, expect, test } from 'vitest'

import { countryPresets, presetHours, presetOf } from './country-preset.ts'
import { exponentOf } from './money.ts'
import { weekdays } from './opening-hours.ts'

describe('country presets', () => {
  test.each(countryPresets)('$country names a zone, a currency and languages that exist', (preset) => {
    expect(Intl.supportedValuesOf('timeZone')).toContain(preset.timeZone)
    expect(Intl.supportedValuesOf('currency')).toContain(preset.currency)
    expect(preset.languages.map((tag) => Intl.getCanonicalLocales(tag)[0])).toEqual(preset.languages)
    expect(exponentOf(preset.currency)).toBeGreaterThanOrEqual(0)
    expect(presetOf(preset.country)).toBe(preset)
  })

  test('name each country once, and none we do not know', () => {
    expect(new Set(countryPresets.map((one) => one.country)).size).toBe(countryPresets.length)
    expect(presetOf('XX')).toBeNull()
  })

  test('open on working days only', () => {
    expect(weekdays.filter((day) => presetHours[day])).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'])
  })
})
