import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { blankVersion } from './blank-version.ts'
import { readRoutes, routeTable } from './route-table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orinode-build-'))
  for (const inner of ['build/static/chunks/ssr', 'public/.well-known'])
    mkdirSync(join(folder, inner), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (file: string, content: string): void => writeFileSync(join(folder, file), content)

describe('the version of the framework', () => {
  it('is blanked in the one client file that carries it, once and again', () => {
    write('build/static/chunks/a.js', 'n();window.next={version:"16.4.6",appDir:!0}')
    write('build/static/chunks/b.js', 'version:"1"')
    blankVersion(join(folder, 'build'))
    blankVersion(join(folder, 'build'))
    expect(readFileSync(join(folder, 'build/static/chunks/a.js'), 'utf8')).toBe(
      'n();window.next={version:"",appDir:!0}',
    )
    expect(readFileSync(join(folder, 'build/static/chunks/b.js'), 'utf8')).toBe('version:"1"')
  })
  it('is never left standing in silence', () => {
    expect(() => blankVersion(join(folder, 'build'))).toThrow(/in 0 client files/)
    for (const name of ['a', 'ssr/b']) write(`build/static/chunks/${name}.js`, 'window.next={version:"16.4.6"}')
    expect(() => blankVersion(join(folder, 'build'))).toThrow(/in 2 client files/)
  })
})

describe('the routes of a build', () => {
  const SECRET = '/q3-not-a-guessable-path_7'
  const route = (page: string) => ({ page, regex: `^${page.replace(/\[\w+\]/g, '([^/]+?)')}(?:/)?$` })

  it('are its pages, its doors and its files, each by a name fit for logs', () => {
    const pages = {
      staticRoutes: ['/', '/admin', '/admin/users', '/o/new', '/_not-found'].map(route),
      dynamicRoutes: ['/o/[org]', '/admin/[id]/x'].map(route),
    }
    write('build/routes-manifest.json', JSON.stringify(pages))
    write('build/static/chunks/a.js', '')
    write('public/.well-known/security.txt', '')
    write('public/.gitkeep', '')
    const name = routeTable(readRoutes(join(folder, 'build'), join(folder, 'public')), SECRET)
    expect(
      [
        '/',
        '/o/new',
        '/o/acme',
        '/_next/static/chunks/a.js',
        '/.well-known/security.txt',
        SECRET,
        `${SECRET}/users`,
        `${SECRET}/7/x`,
      ].map(name),
    ).toEqual(['/', '/o/new', '/o/[org]', '(static)', '(public)', '(console)', '(console)', '(console)'])
    const unknown = [
      '/admin',
      '/Admin',
      '/admin/users',
      '/admin/7/x',
      '/_not-found',
      '/.gitkeep',
      '/nosuch',
      `${SECRET}/nosuch`,
      `${SECRET}/o/new`,
      '/o/a/b',
      '/_next/static/chunks/b.js',
    ]
    expect(unknown.filter((path) => name(path) !== undefined)).toEqual([])
  })
})
