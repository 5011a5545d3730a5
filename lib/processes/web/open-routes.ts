import 'server-only'

import { join } from 'node:path'

import { readRoutes } from '../../front/route-table.ts'

/** What the build holds, less the page of all components where nobody asked for it. */
export function openRoutes(root: string, isKitOpen: boolean): ReturnType<typeof readRoutes> {
  const { pages, files } = readRoutes(join(root, '.next'), join(root, 'public'))
  return { pages: pages.filter(({ page }) => isKitOpen || !/^\/kit(?:\/|$)/.test(page)), files }
}
