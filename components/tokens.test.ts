import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../app/globals.css'), 'utf8')
const token = /--([a-z-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)/g

interface Pair {
  light: number
  dark: number
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, by way of OKLab and linear sRGB. */
function luminanceOf(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(/\s+/).map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (channel: number) => Math.min(1, Math.max(0, channel))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const tokens = new Map<string, Pair>()
for (const [, name = '', light = '', dark = ''] of css.matchAll(token))
  tokens.set(name, { light: luminanceOf(light), dark: luminanceOf(dark) })

function contrast(one: string, other: string, theme: keyof Pair): number {
  const a = tokens.get(one)?.[theme]
  const b = tokens.get(other)?.[theme]
  if (a === undefined || b === undefined) throw new Error(`no token ${one} or ${other}`)
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const groups = [...tokens.keys()].filter((name) => name.startsWith('group-'))
const grounds = ['paper', 'raised', 'wash']
const onGrounds = ['ink', 'muted', 'accent', 'good', 'warn', 'bad', 'info', ...groups]

const textPairs = [
  ...onGrounds.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...['accent', 'good', 'warn', 'bad', 'info'].flatMap((tone) => [
    [tone, `${tone}-wash`] as const,
    ['ink', `${tone}-wash`] as const,
    ['muted', `${tone}-wash`] as const,
  ]),
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-strong'] as const,
  ['on-bad', 'bad'] as const,
  ['on-bad', 'bad-strong'] as const,
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(textPairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(grounds)('the edge of a control shows on %s', (ground) => {
    expect(contrast('edge', ground, theme)).toBeGreaterThanOrEqual(3)
  })
})

test('there are eight group colours', () => {
  expect(groups).toHaveLength(8)
})

test('white on black is 21 to 1: the measure measures', () => {
  expect((luminanceOf('1 0 0') + 0.05) / (luminanceOf('0 0 0') + 0.05)).toBeCloseTo(21, 1)
})
