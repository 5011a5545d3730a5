import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { audit } from '../../components/words/en-audit.ts'

import { isOfCall } from '../features/audit/shapes.ts'
import { auditActionOf } from '../guard/use-case.ts'
import { pagesWithoutData, trailsOfAnotherName, unmarkedDoors } from './surface/exceptions.ts'
import { featureUseCases, readSurface, root, type Surface } from './surface/read-surface.ts'
import { surfacePage } from './surface/surface-page.ts'
import { oddlyNamed, trailNameOf } from './surface/trail-names.ts'

describe('the doors of this house', () => {
  let surface: Surface
  beforeAll(async () => {
    surface = await readSurface()
  }, 60_000)

  test('docs/surface.md is the page of them: run `npm run surface` after a change', () => {
    expect(readFileSync(join(root, 'docs/surface.md'), 'utf8')).toBe(surfacePage(surface.doors))
  })

  test('none stands open without a frame', () => {
    expect(surface.unguarded).toEqual([])
    expect(surface.doors.length).toBeGreaterThan(15)
  })

  test('every entry that can be written has words in the audit list', async () => {
    const actions = [...(await featureUseCases()).values()].flatMap((one) => auditActionOf(one) ?? [])
    expect(actions.length).toBeGreaterThan(30)
    expect(actions.filter((action) => audit.actions[action] === undefined)).toEqual([])
  })

  test('an entry leads to a call where its target is one, and nowhere else', async () => {
    const actions = [...(await featureUseCases()).values()].flatMap((one) => auditActionOf(one) ?? [])
    const sounding = [...new Set(actions)].filter((action) => /^(?:call|note|recording|transcript)\./.test(action))
    // The organisation itself, and a provider.
    const others = new Set(['call.events-expired', 'call.reconciled'])
    expect(sounding.toSorted()).toEqual([...others, ...Object.keys(audit.actions).filter(isOfCall)].toSorted())
    expect([...others].filter(isOfCall)).toEqual([])
  })

  test('every exception that is listed still exists', () => {
    const listed = [...Object.keys(unmarkedDoors), ...Object.keys(pagesWithoutData)]
    const files = globSync('**/{route.ts,page.tsx}', { cwd: join(root, 'app') })
    expect(listed.filter((name) => !files.includes(name))).toEqual([])
  })

  test('every use case behind a door says who may, how often, and leaves a trail or only looks', () => {
    const useCases = surface.doors.flatMap(({ useCase }) => (useCase ? [useCase] : []))
    expect(useCases.length).toBeGreaterThan(10)
    const loose = useCases.filter(
      (one) => !one.allow || !(one.limit.max > 0) || (one.kind === 'command' && auditActionOf(one) === null),
    )
    expect(loose).toEqual([])
  })

  test('what a stranger’s door may do without signing in is named here, one by one', () => {
    const open = surface.doors.flatMap(({ useCase, path }) =>
      useCase?.allow === 'anyone' ? [`${path} ${useCase.name}`] : [],
    )
    expect(open.toSorted()).toEqual(['/admin operators.sign-in', '/sign-up organisations.request-sign-up'])
  })

  test('nothing is a door by another name than those that are read', () => {
    const files = globSync('**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts,md,mdx}', { cwd: join(root, 'app') })
    const special =
      /(^|\/)(route|page|default|sitemap|robots|manifest|icon\d*|apple-icon\d*|opengraph-image\d*|twitter-image\d*)\.[a-z]+$/
    const unread = files.filter((file) => special.test(file) && !/(^|\/)(route\.ts|page\.tsx)$/.test(file))
    expect(unread).toEqual([])
    const serverCode = /^\s*['"]use server['"]/m
    const actions = files.filter((file) => serverCode.test(readFileSync(join(root, 'app', file), 'utf8')))
    expect(actions.filter((file) => !file.endsWith('/actions.ts'))).toEqual([])
    const elsewhere = globSync('{components,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
      (file) => !/\.test\.tsx?$/.test(file),
    )
    expect(elsewhere.filter((file) => serverCode.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
})

describe('the names of use cases and of the entries they leave', () => {
  test('follow from each other, or are listed', async () => {
    const useCases = [...(await featureUseCases()).values()]
    expect(useCases.length).toBeGreaterThan(30)
    expect(oddlyNamed(useCases)).toEqual([])
    const names = useCases.map(({ name }) => name)
    expect(Object.keys(trailsOfAnotherName).filter((name) => !names.some((one) => one === name))).toEqual([])
  })

  test.each([
    ['calls.ingest', 'call.ingested'],
    ['calls.reveal-caller', 'call.caller-revealed'],
    ['members.set-role', 'member.role-set'],
    ['organisations.request-sign-up', 'organisation.sign-up-requested'],
    ['transcripts.read', 'transcript.read'],
  ])('%s leaves %s', (useCase, action) => {
    expect(trailNameOf(useCase)).toBe(action)
  })
})

describe('what is planted', () => {
  let app: string
  beforeEach(() => {
    app = mkdtempSync(join(tmpdir(), 'surface-'))
  })
  afterEach(() => rmSync(app, { recursive: true, force: true }))

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(app, path)), { recursive: true })
    writeFileSync(join(app, path), text)
  }

  const door = join(root, 'lib/transport/door.ts')
  const framed = (verb: string): string =>
    `import { markDoor } from '${door}'
     export const ${verb} = markDoor({ kind: 'route', entrance: 'v1', useCase: { name: 'test.look', allow: 'calls.view', limit: { max: 1, windowSeconds: 60, by: 'actor' }, audit: 'none' } }, () => {})\n`

  test('and stands in its frame is a door, and nothing is reported', async () => {
    plant('api/v1/good/route.ts', framed('GET'))
    plant('(group)/good/page.tsx', 'export default async function Page() { await ask(listCalls, {}, { org: null }) }')
    plant('(public)/page.tsx', 'export default function Page() { return null }')
    const { doors, unguarded } = await readSurface(app)
    expect(unguarded).toEqual([])
    expect(doors.map(({ path, verb, useCase }) => `${path} ${verb} ${useCase?.name}`)).toEqual([
      '/api/v1/good GET test.look',
      '/good page calls.list',
      '/ page undefined',
    ])
  })

  test.each([
    [
      'a bare route',
      'api/v1/bare/route.ts',
      'export const GET = () => new Response("hello")',
      'api/v1/bare/route.ts: GET',
    ],
    [
      'a bare verb beside a framed one',
      'api/v1/half/route.ts',
      `${framed('GET')}export function DELETE() {}`,
      'api/v1/half/route.ts: DELETE',
    ],
    ['an unmarked action', 'o/actions.ts', `'use server'\nexport async function drop() {}`, 'o/actions.ts: drop'],
    [
      'a default export of actions',
      'o/actions.ts',
      `'use server'\nexport default async function drop() {}`,
      'o/actions.ts: default',
    ],
    [
      'a frame’s look-alike',
      'api/v1/fake/route.ts',
      `export const GET = Object.assign(() => {}, { 'orinode.door': { kind: 'route' } })`,
      'api/v1/fake/route.ts: GET',
    ],
    [
      'a page that asks nothing',
      'o/quiet/page.tsx',
      'export default function Page() { return null }',
      'o/quiet/page.tsx: asks nothing and is not listed as a page without data',
    ],
    [
      'a page that asks what is no use case',
      'o/odd/page.tsx',
      'export default async function Page() { await ask(everything, {}) }',
      'o/odd/page.tsx: asks everything, which is no use case of a feature',
    ],
    [
      'a page that asks a feature’s function that is no use case',
      'o/plain/page.tsx',
      'export default async function Page() { await ask(findKey, "x") }',
      'o/plain/page.tsx: asks findKey, which is no use case of a feature',
    ],
    [
      'a page that only speaks of asking',
      'o/said/page.tsx',
      `/* ask(listCalls) */ export default function Page() { return 'ask(listCalls)' } // ask(listCalls)`,
      'o/said/page.tsx: asks nothing and is not listed as a page without data',
    ],
    [
      'a page that asks what is chosen on the way',
      'o/either/page.tsx',
      'export default async function Page() { await ask(today ? listCalls : getCall, {}) }',
      'o/either/page.tsx: asks what has no name, which is no use case of a feature',
    ],
  ])('%s is reported', async (_, path, text, report) => {
    plant(path, text)
    expect((await readSurface(app)).unguarded).toContain(report)
  })

  test('a listed exception holds for its own path only', async () => {
    plant('api/health/live/deeper/route.ts', 'export const GET = () => new Response("ok")')
    plant('api/auth/signout/page.tsx', 'export default function Page() { return null }')
    expect((await readSurface(app)).unguarded.toSorted()).toEqual([
      'api/auth/signout/page.tsx: asks nothing and is not listed as a page without data',
      'api/health/live/deeper/route.ts: GET',
    ])
  })
})
