import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { root } from './running-app.ts'

export const ours = [
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
  '👩‍👩‍👧‍👦'.repeat(40),
  'é'.normalize('NFD'),
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
  '[number removed]',
  '[number removed] 0803',
]

/** The big list where it is, and ours. */
export function naughtyStrings(): string[] {
  const folder = process.env['VECTORS_DIR'] ?? join(root, '../shared/vectors')
  const file = join(folder, 'text/blns.json')
  if (existsSync(file)) return [...ours, ...z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))]
  // oxlint-disable-next-line no-console -- a shorter list must not pass unseen
  console.error(
    `\n!!! THE BIG LIST OF NAUGHTY STRINGS IS ABSENT (VECTORS_DIR): only our own ${ours.length} were tried !!!\n`,
  )
  return ours
}
