import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let folder: string
let errors: { file: string; said: string }[]

const imports = `
import { z } from 'zod'
import { perActor } from '${root}/lib/guard/limits.ts'
import { command, oncePerTarget, query, recorded, type Done } from '${root}/lib/guard/use-case.ts'
import type { Actor, NobodyActor, PersonActor, SystemActor } from '${root}/lib/kernel/actor.ts'
export const used = [z, perActor, command, oncePerTarget, query, recorded]
export type Used = Done<1> | Actor | NobodyActor | PersonActor | SystemActor
`

/** A whole, good command; each case leaves out or replaces one line of it. */
const lines: Record<string, string> = {
  name: `name: 'test.do-it',`,
  allow: `allow: 'calls.manage',`,
  limit: `limit: perActor(10, 'minute'),`,
  audit: `audit: 'test.done',`,
  input: `input: z.strictObject({ id: z.string() }),`,
  output: `output: z.object({ id: z.string() }),`,
  run: `run: async ({ input }) => recorded({ id: input.id }, { target: input.id }),`,
}
const lookLines: Record<string, string> = {
  ...lines,
  name: `name: 'test.look',`,
  allow: `allow: 'calls.view',`,
  audit: `audit: 'none',`,
  run: `read: () => [], answer: ({ input }) => ({ id: input.id }),`,
}
const commandWith = (change: Record<string, string>): string =>
  `${imports}export const made = command({ ${Object.values({ ...lines, ...change }).join('\n')} })\n`
const queryWith = (change: Record<string, string>): string =>
  `${imports}export const made = query({ ${Object.values({ ...lookLines, ...change }).join('\n')} })\n`

const good: Record<string, string> = {
  'a-command': commandWith({}),
  'a-query': queryWith({}),
  'a-command-once-per-target': commandWith({ audit: `audit: oncePerTarget('test.done'),` }),
  'an-audited-query': queryWith({ audit: `audit: { action: 'test.read', target: (input) => input.id },` }),
  'written-out-anyone': commandWith({ allow: `allow: 'anyone',` }),
}

const bad: [file: string, text: string, said: RegExp][] = [
  ...['allow', 'limit', 'audit', 'input', 'output', 'name'].flatMap((rule): [string, string, RegExp][] => [
    [`command-without-${rule}`, commandWith({ [rule]: '' }), new RegExp(`'${rule}' is missing`)],
    [`query-without-${rule}`, queryWith({ [rule]: '' }), new RegExp(`'${rule}' is missing`)],
  ]),
  [
    'command-returns-a-bare-value',
    commandWith({ run: 'run: async ({ input }) => ({ id: input.id }),' }),
    /Done<|'value'|\[done\]/,
  ],
  ['command-returns-nothing', commandWith({ run: 'run: async () => {},' }), /Done</],
  [
    'command-makes-its-own-done',
    commandWith({ run: 'run: async ({ input }) => ({ value: { id: input.id }, trail: { target: input.id } }),' }),
    /\[done\]/,
  ],
  [
    'command-records-no-target',
    commandWith({ run: 'run: async ({ input }) => recorded({ id: input.id }, {}),' }),
    /'target' is missing/,
  ],
  [
    'command-answers-other-than-promised',
    commandWith({ run: 'run: async ({ input }) => recorded({ no: input.id }, { target: null }),' }),
    /'id'|Done</,
  ],
  ['command-without-audit-written-none', commandWith({ audit: `audit: 'none',` }), /"none"/],
  ['query-that-records', queryWith({ audit: `audit: 'test.read',` }), /"test\.read"/],
  ['command-with-a-permission-nobody-knows', commandWith({ allow: `allow: 'calls.mange',` }), /"calls\.mange"/],
  ['command-with-an-empty-permission', commandWith({ allow: `allow: '',` }), /'""'/],
  ['command-without-a-limit-that-limits', commandWith({ limit: 'limit: null,' }), /'null'/],
  [
    'nobody-typed-by-hand',
    `${imports}export const actor: NobodyActor = { kind: 'nobody', id: null, organisation: null }`,
    /\[minted\]/,
  ],
  [
    'system-typed-by-hand',
    `${imports}export const actor: Actor = { kind: 'system', id: null, process: 'mine', organisation: { id: '' as never, country: 'NG', masking: false, isSuspended: false } }`,
    /\[minted\]/,
  ],
  [
    'operator-typed-by-hand',
    `${imports}export const actor: Actor = { kind: 'operator', id: '' as never, organisation: null }`,
    /\[minted\]/,
  ],
  [
    'actor-made-from-another',
    `${imports}export const raise = (a: PersonActor): SystemActor => ({ ...a, kind: 'system', id: null, process: 'x' })`,
    /not assignable/,
  ],
  [
    'actor-changed-in-place',
    `${imports}export const raise = (a: PersonActor): void => { a.membership = null }`,
    /read-only/,
  ],
]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'locks-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { incremental: false, noEmit: true, types: ['node'], plugins: [] },
      include: ['*.ts'],
      exclude: [],
    }),
  )
  for (const [file, text] of [...Object.entries(good), ...bad]) writeFileSync(join(folder, `${file}.ts`), text)
  const ran = spawnSync(
    join(root, 'node_modules/.bin/tsc'),
    ['-p', join(folder, 'tsconfig.json'), '--pretty', 'false'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  errors = []
  for (const line of ran.stdout.split('\n')) {
    const [, file, said] = /^([^\s(][^(]*)\(\d+,\d+\): error (.*)$/.exec(line) ?? []
    if (file !== undefined && said !== undefined) errors.push({ file: file.split('/').at(-1) ?? '', said })
    // What follows indented explains the line before.
    else if (errors.length > 0)
      errors[errors.length - 1] = { file: errors.at(-1)?.file ?? '', said: `${errors.at(-1)?.said}\n${line}` }
  }
  if (errors.length === 0) throw new Error(`tsc said nothing to read: ${ran.stdout}${ran.stderr}`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const saidOf = (file: string): string[] =>
  errors.filter((error) => error.file === `${file}.ts`).map((error) => error.said)

describe('the types lock', () => {
  test.each(Object.keys(good))('lets %s compile', (file) => {
    expect(saidOf(file)).toEqual([])
  })

  test.each(bad)('refuses %s', (file, _, said) => {
    expect(saidOf(file).join('\n')).toMatch(said)
  })
})
