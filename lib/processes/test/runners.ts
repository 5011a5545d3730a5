import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { type Counts, inWords, playwrightCounts, vitestCounts } from '../check/counts.ts'
import { playwrightFailures, vitestFailures } from '../check/failures.ts'
import { vitest } from '../check/run-checks.ts'
import { runTool, type ToolResult } from '../check/tool.ts'
import { wholeSeconds } from '../up/seconds.ts'

const minute = 60_000
// Left to itself the runner keeps one of two cores idle.
const twoAtATime = '--maxWorkers=2'

export interface Outcome {
  isGood: boolean
  counts: Counts
  /** What failed and why, each in a few lines. */
  failures: string[]
}

interface Runner {
  name: string
  run: (report: string) => Promise<ToolResult>
  read: (report: string) => Counts
  readFailures: (report: string) => string[]
}

/** Runs one runner, prints its line, and counts a runner that ran nothing as a failure: nothing is skipped silently. */
export async function outcomeOf({ name, run, read, readFailures }: Runner, reports: string): Promise<Outcome> {
  const began = performance.now()
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`)
  const result = await run(report)
  const counts = read(report)
  const hasRun = counts.passed + counts.failed > 0
  const isGood = result.isGood && hasRun && counts.failed === 0
  console.log(`  ${isGood ? '✓' : '✗'} ${name.padEnd(28)} ${wholeSeconds(began)}  ${inWords(counts)}`)
  if (!isGood) console.log(`\n${result.output}\n${hasRun ? '' : 'no test ran\n'}`)
  const failures = readFailures(report)
  return { isGood, counts: isGood || counts.failed > 0 ? counts : { ...counts, failed: 1 }, failures }
}

export const services: Runner = {
  name: 'services',
  run: (report) => vitest(['--project', 'service', twoAtATime], report, {}, 12 * minute),
  read: vitestCounts,
  readFailures: vitestFailures,
}

export function database(version: string, binaries?: string): Runner {
  const env: Record<string, string> = binaries === undefined ? {} : { TEST_POSTGRES_BIN: binaries }
  return {
    name: `database, ${version}`,
    run: (report) => vitest(['--project', 'db', twoAtATime], report, env, 12 * minute),
    read: vitestCounts,
    readFailures: vitestFailures,
  }
}

/** The oldest PostgreSQL we promise to run on, where the machine has one. */
export const oldestDatabase = [
  '/usr/lib/postgresql/15/bin',
  '/usr/pgsql-15/bin',
  '/opt/homebrew/opt/postgresql@15/bin',
].find((folder) => existsSync(join(folder, 'initdb')))

/** Playwright in processes of its own, with its numbers in a file. */
function playwright(name: string, words: string[], env: Record<string, string> = {}): Runner {
  return {
    name,
    run: (report) =>
      runTool({
        words: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=dot,json', ...words],
        // Its workers take their conditions from here.
        env: {
          NODE_OPTIONS: '--conditions=react-server',
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          NO_COLOR: '1',
          FORCE_COLOR: '0',
          ...env,
        },
        timeoutMs: 22 * minute,
      }),
    read: playwrightCounts,
    readFailures: playwrightFailures,
  }
}

export const browser = playwright('browser', [])

/** With an app of its own, which it kills: each process once. `npm run soak` goes on for minutes. */
export const kills = playwright('kills', ['--project=kills'], { SOAK_SECONDS: '0' })
