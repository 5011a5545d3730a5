import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

import { parseSync } from '@swc/core'
import { z } from 'zod'

export interface Violation {
  rule: string
  /** Path from the root, with a line where there is one. */
  where: string
  why: string
}

interface SourceFile {
  path: string
  text: string
  lines: string[]
}

const forbiddenWords = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'misc',
  'common',
  'types',
  'constants',
  'manager',
  'service',
])
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const isCode = (path: string): boolean => /\.(?:[cm]?[jt]s|tsx)$/.test(path)

/** What no linter knows of: the rules of this house, over every file under `root`. */
export function houseRuleViolations(root: string): Violation[] {
  const files = sourceFiles(root)
  const code = files.filter(({ path }) => isCode(path))
  return [
    ...files.flatMap(({ path }) => forbiddenName(path)),
    ...code.flatMap((file) => [
      ...tooLong(file),
      ...readsEnvironment(file),
      ...inlineStyle(file),
      ...unexplainedAs(file),
    ]),
    ...code.filter(({ path }) => isTest(path)).flatMap(expectsNothing),
    ...missingReadmes(root),
    ...files.filter(({ path }) => path.endsWith('.md')).flatMap((file) => deadLinks(root, file)),
  ]
}

function sourceFiles(root: string): SourceFile[] {
  const tops = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() || !/^(?:\..*|node_modules|test-results|playwright-report)$/.test(entry.name))
    .map((entry) => (entry.isFile() ? entry.name : `${entry.name}/**/*.{ts,tsx,js,mjs,cjs,css,sql,md}`))
  return globSync(tops, { cwd: root })
    .filter((path) => /\.(?:tsx?|[cm]?js|css|sql|md)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, lines: text.trimEnd().split('\n') }
    })
}

function forbiddenName(path: string): Violation[] {
  const name = basename(path).split('.')[0] ?? ''
  const word = name
    .toLowerCase()
    .split(/[-_]/)
    .find((part) => forbiddenWords.has(part))
  const found: Violation[] = []
  if (word) found.push({ rule: 'file-name', where: path, why: `“${word}” says nothing about what is inside` })
  if (!path.endsWith('.md') && name !== '' && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    found.push({ rule: 'file-name', where: path, why: 'file names are kebab-case' })
  }
  return found
}

function tooLong({ path, lines }: SourceFile): Violation[] {
  return lines.length > 300 ? [{ rule: 'too-long', where: path, why: `${lines.length} lines; files stop at 300` }] : []
}

const mayReadEnvironment =
  /^lib\/platform\/env(?:-[a-z]+)?\.ts$|^lib\/processes\/bootstrap\.mjs$|^lib\/testing\/|\.test\.tsx?$|^e2e\/|^bench\/support\/stage\.ts$|^[a-z.-]+\.config\.ts$/

function readsEnvironment({ path, lines }: SourceFile): Violation[] {
  if (mayReadEnvironment.test(path)) return []
  return matching(lines, /\bprocess\s*\.\s*env\b|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/).map(
    (line) => ({
      rule: 'environment',
      where: `${path}:${line}`,
      why: 'only lib/platform/env.ts reads the environment',
    }),
  )
}

function inlineStyle({ path, lines }: SourceFile): Violation[] {
  if (!path.endsWith('.tsx')) return []
  return matching(lines, /\sstyle=[{"']/).map((line) => ({
    rule: 'inline-style',
    where: `${path}:${line}`,
    why: 'the content policy refuses style attributes in server markup',
  }))
}

/** `as` is a promise to the compiler: something near it, or on the function around it, has to say why it holds. */
function unexplainedAs({ path, text, lines }: SourceFile): Violation[] {
  if (isTest(path) || !/\.tsx?$/.test(path) || !/\bas\b/.test(text)) return []
  const bytes = Buffer.from(text)
  const lineOf = (offset: number): number =>
    bytes
      .subarray(0, offset - 1)
      .toString()
      .split('\n').length
  return (
    assertions(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2024' }))
      .map(({ span }) => ({ first: lineOf(span.start), last: lineOf(span.end) }))
      // The one form that claims nothing: a place for something of ours that may not be there yet.
      .filter(({ first }) => !/\bglobalThis as typeof globalThis &/.test(lines[first - 1] ?? ''))
      .filter(({ first, last }) => !isExplained(lines, last - 1) && !isExplained(lines, first - 1))
      .map(({ first }) => ({
        rule: 'unexplained-as',
        where: `${path}:${first}`,
        why: 'say why this holds, in a comment beside it or on its function',
      }))
  )
}

const Assertion = z.object({
  type: z.literal('TsAsExpression'),
  span: z.object({ start: z.number(), end: z.number() }),
})

function assertions(node: unknown): z.output<typeof Assertion>[] {
  if (typeof node !== 'object' || node === null) return []
  const own = Assertion.safeParse(node)
  return [...(own.success ? [own.data] : []), ...Object.values(node).flatMap(assertions)]
}

function isExplained(lines: readonly string[], at: number): boolean {
  if (/\/\/|\/\*/.test(lines[at] ?? '')) return true
  for (let line = at - 1; line >= Math.max(0, at - 25); line -= 1) {
    const text = lines[line] ?? ''
    if (/^\s*\/\/|\*\/\s*$/.test(text)) return true
    if (/^\}|^\)/.test(text)) return false
  }
  return false
}

function expectsNothing({ path, text }: SourceFile): Violation[] {
  return /\bexpect\w*[.(]|Contract\(/.test(text)
    ? []
    : [{ rule: 'expects-nothing', where: path, why: 'a test that expects nothing cannot fail' }]
}

const withReadme = ['app', 'components', 'lib', 'drizzle', 'e2e', 'bench', 'docs', 'lib/*', 'lib/features/*']

function missingReadmes(root: string): Violation[] {
  const folders = globSync(withReadme, { cwd: root, withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap((entry) => {
    const folder = relative(root, join(entry.parentPath, entry.name))
    const where = join(folder, 'README.md')
    if (!existsSync(join(root, where)))
      return [{ rule: 'readme', where, why: 'every room says in a README what it is for' }]
    const limit = folder.startsWith('lib/features/') ? 20 : 40
    const count = readFileSync(join(root, where), 'utf8').trimEnd().split('\n').length
    return count > limit ? [{ rule: 'readme', where, why: `${count} lines; this one stops at ${limit}` }] : []
  })
}

function deadLinks(root: string, { path, lines }: SourceFile): Violation[] {
  let isFenced = false
  return lines.flatMap((line, index) => {
    if (line.startsWith('```')) isFenced = !isFenced
    if (isFenced) return []
    return [...line.matchAll(/\]\(<?([^)\s>#]+)[^)]*\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z][a-z+.-]*:|^\/\//i.test(target)) return []
      const place = target.startsWith('/') ? join(root, target) : join(root, dirname(path), decodeURI(target))
      return existsSync(place)
        ? []
        : [{ rule: 'dead-link', where: `${path}:${index + 1}`, why: `${target} does not exist` }]
    })
  })
}

const matching = (lines: readonly string[], pattern: RegExp): number[] =>
  lines.flatMap((line, index) => (pattern.test(line) ? [index + 1] : []))
