import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { houseRuleViolations } from './house-rules.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'house-'))
  plant('lib/README.md', '# lib\n')
  plant('lib/kernel/README.md', '# kernel\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const found = (): string[] => houseRuleViolations(root).map(({ rule, where }) => `${rule} ${where}`)

test('a house in order has no violations', () => {
  plant('lib/kernel/phone-number.ts', "export const plus = '+'\n")
  plant(
    'lib/kernel/phone-number.test.ts',
    "import { expect, test } from 'vitest'\ntest('a', () => expect(1).toBe(1))\n",
  )
  plant('docs/README.md', 'See [kernel](../lib/kernel/README.md#words) and [the web](https://example.com).\n')
  expect(found()).toEqual([])
})

const planted: [rule: string, path: string, text: string, where?: string][] = [
  ['file-name', 'lib/kernel/utils.ts', ''],
  ['file-name', 'lib/kernel/call-helpers.ts', ''],
  ['file-name', 'lib/kernel/webhook-service.ts', ''],
  ['file-name', 'lib/kernel/phoneNumber.ts', ''],
  ['too-long', 'lib/kernel/long.ts', 'export {}\n'.repeat(301)],
  ['environment', 'lib/kernel/port.ts', 'export const port = process.env.PORT\n', 'lib/kernel/port.ts:1'],
  ['environment', 'lib/kernel/port.ts', "import { env } from 'node:process'\n", 'lib/kernel/port.ts:1'],
  ['inline-style', 'app/page.tsx', '<div\n  style={{ width: 1 }} />\n', 'app/page.tsx:2'],
  ['expects-nothing', 'lib/kernel/empty.test.ts', "test('a', () => {})\n"],
  ['dead-link', 'lib/kernel/README.md', '# k\n\n[gone](./gone.md)\n', 'lib/kernel/README.md:3'],
  ['readme', 'lib/vault/seal.ts', '', 'lib/vault/README.md'],
  ['readme', 'lib/kernel/README.md', 'line\n'.repeat(41)],
  ['readme', 'lib/features/calls/README.md', 'line\n'.repeat(21)],
  [
    'unexplained-as',
    'lib/kernel/brand.ts',
    'export const id = (text: string) => text as Id\n',
    'lib/kernel/brand.ts:1',
  ],
]

describe('each rule catches what it is for', () => {
  test.each(planted)('%s: %s', (rule, path, text, where = path) => {
    plant(path, text)
    expect(found()).toContain(`${rule} ${where}`)
  })
})

test.each([
  [
    'a comment on its function',
    '/** Checked by the caller. */\nexport function id(text: string): Id {\n  return text as Id\n}\n',
  ],
  ['a comment beside it', 'export const id = text as Id // checked above\n'],
  ['as const', "export const words = ['a'] as const\n"],
  ['an import', "import { a as b } from './a.ts'\nimport * as c from './c.ts'\n"],
  ['a column of a query', 'export const all = sql`\n  select a as b\n  from c as d`\n'],
  ['a place on globalThis', 'const shared = globalThis as typeof globalThis & { orinodeA?: A }\nexport { shared }\n'],
  ['a sentence', "export const sentence = 'as dear as life'\n"],
])('“as” passes with %s', (_, text) => {
  plant('lib/kernel/brand.ts', text)
  expect(found()).toEqual([])
})

test('tests and settings may read the environment', () => {
  plant('lib/platform/README.md', '# platform\n')
  plant('lib/platform/env.ts', 'export const all = process.env\n')
  plant('lib/kernel/port.test.ts', 'expect(process.env).toBeDefined()\n')
  expect(found()).toEqual([])
})
