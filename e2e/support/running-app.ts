import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { z } from 'zod'

const Up = z.looseObject({
  url: z.url(),
  caFile: z.string(),
  databaseUrl: z.string(),
  logins: z.array(
    z.looseObject({ organisation: z.string(), role: z.string(), email: z.string(), password: z.string() }),
  ),
})

export const root = resolve(import.meta.dirname, '../..')

const upFile = resolve(
  process.env['E2E_UP_FILE'] ?? join(process.env['ORINODE_HOME'] ?? join(root, '.orinode'), 'up.json'),
)
const up = Up.parse(JSON.parse(readFileSync(upFile, 'utf8')))
const { origin, hostname, port } = new URL(up.url)

/** The app these tests talk to, as its own up.json describes it. */
export const app = {
  origin,
  hostname,
  port: Number(port),
  host: `${hostname}:${port}`,
  home: dirname(upFile),
  ca: readFileSync(up.caFile),
  /** The superuser's. */
  databaseUrl: up.databaseUrl,
  logins: up.logins,
}

/** A file of the app's home. */
export const homeFile = (...names: string[]): string => join(app.home, ...names)

/** Read here and never printed: failing assertions must not put it in a log. */
export const adminPath = (): string => readFileSync(homeFile('admin-path'), 'utf8').trim()

export const webLog = (): string => readFileSync(homeFile('logs', 'web.log'), 'utf8')
