import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { plans } from '../kernel/plan.ts'
import { commandSettings } from '../platform/env-commands.ts'
import { settings } from '../platform/env.ts'
import { openHome } from '../platform/home/home.ts'
import { workEnvironment } from './up/child-environment.ts'
import { lastLines, startLeashed } from './up/leashed-process.ts'

/** An operator's act: `npm run organisation:plan -- SLUG starter|growth|enterprise`, while the database runs. */
const [slug = '', plan = ''] = process.argv.slice(2)
const home = await openHome(settings().ORINODE_HOME)
const databaseUrl = commandSettings().DATABASE_URL ?? embeddedUrl(home.upFile)
if (!slug || !z.enum(plans).safeParse(plan).success || databaseUrl === null) {
  console.error(
    'npm run organisation:plan -- SLUG starter|growth|enterprise\nThe slug stands in the address after /o/. The app must be running, or DATABASE_URL be set.',
  )
  process.exit(1)
}
const host = new URL(databaseUrl)
host.username = ''
host.password = ''
const logFile = join(home.logs, 'organisation-plan.log')
const child = startLeashed({
  words: [join(import.meta.dirname, 'organisations/set-plan.ts'), slug, plan],
  cwd: join(import.meta.dirname, '../..'),
  env: workEnvironment(home, host.href),
  logFile,
})
const { code } = await child.exited
const said = z.object({ found: z.boolean() }).safeParse(child.said.at(-1))
if (code !== 0 || !said.success) console.error(`It was not set:\n${lastLines(logFile)}`)
else console.log(said.data.found ? `/o/${slug} has the plan ${plan}.` : `There is no organisation at /o/${slug}.`)
process.exit(said.success && said.data.found ? 0 : 1)

function embeddedUrl(upFile: string): string | null {
  if (!existsSync(upFile)) return null
  return z.object({ databaseUrl: z.string() }).parse(JSON.parse(readFileSync(upFile, 'utf8'))).databaseUrl
}
