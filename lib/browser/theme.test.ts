import { expect, test } from 'vitest'

import { readTheme } from './theme.ts'

test('only a theme is a theme', () => {
  expect([undefined, '', 'dark', 'light', '"><script>'].map(readTheme)).toEqual([
    'system',
    'system',
    'dark',
    'light',
    'system',
  ])
})
