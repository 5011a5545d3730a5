import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { z } from 'zod'

const folder = resolve(import.meta.dirname, '../../../shared/vectors')

/** Where a set of third-party vectors lies, or null: then it is said where nobody can miss it, for what did not run proves nothing. */
export function vectors(name: string): string | null {
  const path = join(folder, name)
  if (existsSync(path)) return path
  process.stderr.write(`\n!!! VECTORS ABSENT, NOT RUN: ${path}\n\n`)
  return null
}

/** Texts made to break whatever reads them. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u0000\u0000',
  '\ud800',
  'x\udfff',
  '\u202e evil',
  '\ufeff',
  '\u2028',
  '\r\n{"level":"info","what":"forged"}',
  '\u001b[2J\u001b[31mred',
  '\nSet-Cookie: a=b',
  '"}\n{"at":"2026',
  '%0d%0aX: y',
  '👩‍👩‍👧‍👦'.repeat(40),
  'é'.normalize('NFD'),
  'e\u0301'.repeat(30),
  'x'.repeat(201),
  'x'.repeat(20_001),
  "'; drop table call; --",
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '=HYPERLINK("http://evil.example")',
  'null',
  'undefined',
  'NaN',
  '\\',
  '"',
  '\\u0000',
  '__proto__',
  '[number removed]',
  '[number removed] 0803',
]

/** The same, and the big list of naughty strings where it is. */
export function naughtyStrings(): string[] {
  const file = vectors('text/blns.json')
  return file === null
    ? hostileTexts
    : [...hostileTexts, ...z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))]
}
