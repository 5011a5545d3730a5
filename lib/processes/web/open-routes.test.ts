import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { routeTable } from '../../front/route-table.ts'
import { openRoutes } from './open-routes.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'routes-'))
  for (const folder of ['.next/static', 'public']) mkdirSync(join(root, folder), { recursive: true })
  const route = (page: string) => ({ page, regex: `^${page.replace('[shelf]', '([^/]+)')}$` })
  const staticRoutes = ['/', '/kit', '/kitchen', '/sign-in'].map(route)
  const manifest = { staticRoutes, dynamicRoutes: [route('/kit/[shelf]')] }
  writeFileSync(join(root, '.next/routes-manifest.json'), JSON.stringify(manifest))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const found = (isKitOpen: boolean) =>
  ['/', '/sign-in', '/kitchen', '/kit', '/kit/records'].map(routeTable(openRoutes(root, isKitOpen), '/secret'))

test('the page of all components is no route unless somebody opened it, nor is anything below it', () => {
  expect(found(false)).toEqual(['/', '/sign-in', '/kitchen', undefined, undefined])
  expect(found(true)).toEqual(['/', '/sign-in', '/kitchen', '/kit', '/kit/[shelf]'])
})
