import { join } from 'node:path'

import { z } from 'zod'

import { commandSettings } from '../platform/env-commands.ts'
import { settings } from '../platform/env.ts'
import { openHome } from '../platform/home/home.ts'
import { wantedOrganisation } from './organisations/wanted.ts'
import { workEnvironment } from './up/child-environment.ts'
import { lastLines, startLeashed } from './up/leashed-process.ts'

const usage =
  'DATABASE_URL=… npm run organisation:create -- --name "Adaora Clinic" --country NG --time-zone Africa/Lagos --owner owner@example.org'

const Made = z.object({ slug: z.string(), email: z.string(), password: z.string().nullable() })

function refuse(why: string): never {
  console.error(`${why}\n${usage}`)
  process.exit(1)
}

/** For a database of one's own: the first organisation and its owner's login, printed once. */
const wanted = wantedOrganisation(process.argv.slice(2))
if ('unusable' in wanted) refuse(`Missing or not usable: ${wanted.unusable.join(', ')}.`)
const { DATABASE_URL } = commandSettings()
if (!DATABASE_URL) refuse('DATABASE_URL has to name the database.')

const home = await openHome(settings().ORINODE_HOME)
const host = new URL(DATABASE_URL)
host.username = ''
host.password = ''
const logFile = join(home.logs, 'organisation-create.log')
const { name, country, owner, 'time-zone': timeZone } = wanted
const child = startLeashed({
  words: [join(import.meta.dirname, 'organisations/create.ts'), name, country, timeZone, owner],
  cwd: join(import.meta.dirname, '../..'),
  env: workEnvironment(home, host.href),
  logFile,
})
const { code } = await child.exited
const made = Made.safeParse(child.said.at(-1))
if (code !== 0 || !made.success) {
  console.error(`It was not made:\n${lastLines(logFile)}`)
  process.exit(1)
}
console.log(`${name} is at /o/${made.data.slug}`)
console.log(
  made.data.password === null
    ? `${made.data.email} signs in as before.`
    : `${made.data.email} signs in with ${made.data.password}, shown this once.`,
)
process.exit(0)
