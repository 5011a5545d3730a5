import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { z } from 'zod'

import { root } from './running-app.ts'

export interface Door {
  /** As in `/api/v1/calls/[id]`. */
  pattern: string
  kind: 'page' | 'route'
  methods: string[]
}

/** Every door there is, read from the folders and not from a list somebody keeps. */
export function doors(): Door[] {
  return globSync('app/**/{page.tsx,route.ts}', { cwd: root })
    .map((file) => {
      const pattern = patternOf(file)
      const isPage = file.endsWith('page.tsx')
      return {
        pattern,
        kind: isPage ? ('page' as const) : ('route' as const),
        methods: isPage ? ['GET'] : methodsOf(join(root, file)),
      }
    })
    .toSorted((one, other) => one.pattern.localeCompare(other.pattern))
}

/** `app/(dashboard)/o/[org]/calls/page.tsx` → `/o/[org]/calls` */
function patternOf(file: string): string {
  const names = dirname(file).split('/').slice(1)
  return `/${names.filter((name) => !/^\(.*\)$/.test(name)).join('/')}`
}

function methodsOf(file: string): string[] {
  const found = [...readFileSync(file, 'utf8').matchAll(/^export .*?\b(GET|POST|PUT|PATCH|DELETE)\b/gm)].flatMap(
    ([, method]) => method ?? [],
  )
  if (found.length === 0) throw new Error(`no method found in ${file}`)
  return [...new Set(found)]
}

/** `GET /api/v1/calls`, for tables that must know every door. */
export const doorNames = (): string[] =>
  doors().flatMap(({ methods, pattern }) => methods.map((method) => `${method} ${pattern}`))

const Manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ workers: z.record(z.string(), z.unknown()), filename: z.string(), exportedName: z.string() }),
  ),
})

export interface ServerAction {
  id: string
  /** As in `/o/[org]/calls`: where it is written. */
  pattern: string
  /** The pages whose code asks for it. */
  pages: string[]
  /** As its file exports it. */
  name: string
}

/** All server actions of the build. */
export function serverActions(): ServerAction[] {
  const { node } = Manifest.parse(
    JSON.parse(readFileSync(join(root, '.next/server/server-reference-manifest.json'), 'utf8')),
  )
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => ({
    id,
    pattern: patternOf(filename),
    pages: Object.keys(workers).map(patternOf),
    name: exportedName,
  }))
}

export const actionIds = (): string[] => serverActions().map(({ id }) => id)

export interface ShownAction {
  pattern: string
  useCase: string
  needs: string
  onlyLooks: boolean
}

/** What docs/surface.md says of the actions of signed-in people; a test of its own keeps that page true. */
export function shownActions(): ShownAction[] {
  return readFileSync(join(root, 'docs/surface.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replace(/^`|`$/g, '')))
    .filter(([, , verb, enters]) => verb === 'action' && enters === 'app')
    .map(([, pattern = '', , , useCase = '', needs = '', , trail = '']) => ({
      pattern,
      useCase,
      needs,
      onlyLooks: trail.startsWith('none'),
    }))
}
