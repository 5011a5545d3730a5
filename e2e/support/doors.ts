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
      const pattern = `/${dirname(file)
        .split('/')
        .slice(1)
        .filter((name) => !/^\(.*\)$/.test(name))
        .join('/')}`
      const isPage = file.endsWith('page.tsx')
      return {
        pattern,
        kind: isPage ? ('page' as const) : ('route' as const),
        methods: isPage ? ['GET'] : methodsOf(join(root, file)),
      }
    })
    .toSorted((one, other) => one.pattern.localeCompare(other.pattern))
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

const Manifest = z.object({ node: z.record(z.string(), z.unknown()) })

/** The ids of all server actions of the build. */
export function actionIds(): string[] {
  return Object.keys(
    Manifest.parse(JSON.parse(readFileSync(join(root, '.next/server/server-reference-manifest.json'), 'utf8'))).node,
  )
}
