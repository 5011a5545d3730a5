import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

import { z } from 'zod'

import { consolePath, isBareConsole } from './admin-path.ts'

/** Names the route a path leads to, or undefined where there is nothing. The name is fit for logs; the path is not. */
export type RouteTable = (path: string) => string | undefined

const [STATIC, PUBLIC] = ['(static)', '(public)']

/** Whether a route is a file of the build or of public/, the same for everybody. */
export const isFileRoute = (route: string | undefined): boolean => route === STATIC || route === PUBLIC

const Route = z.object({ page: z.string(), regex: z.string() })
const Manifest = z.object({ staticRoutes: z.array(Route), dynamicRoutes: z.array(Route) })

/** Pages the framework makes for itself and answers by name. */
const isOfTheFramework = (page: string): boolean => page.startsWith('/_')

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => '/' + relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

interface Routes {
  /** As the build's manifest lists them. */
  readonly pages: readonly { readonly page: string; readonly regex: string }[]
  readonly files: readonly string[]
}

/** The table over these routes: the console exists under its secret path and nowhere else. */
export function routeTable(routes: Routes, adminPath: string | undefined): RouteTable {
  const files = new Set(routes.files)
  const pages = routes.pages
    .filter(({ page }) => !isOfTheFramework(page))
    .map(({ page, regex }) => ({ page, pattern: new RegExp(regex), isConsole: isBareConsole(page) }))
  const find = (path: string, isConsole: boolean): string | undefined =>
    pages.find((route) => route.isConsole === isConsole && route.pattern.test(path))?.page
  return (path) => {
    const inside = consolePath(path, adminPath)
    if (inside !== undefined) return find(inside, true) === undefined ? undefined : '(console)'
    if (files.has(path)) return path.startsWith('/_next/') ? STATIC : PUBLIC
    return find(path, false)
  }
}

/** Every page, door and file of a finished build, so that an unknown path is refused before it costs anything. */
export function readRoutes(buildDir: string, publicDir: string): Routes {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(buildDir, 'routes-manifest.json'), 'utf8')))
  return {
    // Next's own order: a page with a fixed name wins over one with a parameter.
    pages: [...manifest.staticRoutes, ...manifest.dynamicRoutes],
    files: [...filesUnder(publicDir), ...filesUnder(join(buildDir, 'static')).map((path) => `/_next/static${path}`)],
  }
}
